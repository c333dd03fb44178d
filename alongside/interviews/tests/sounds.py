import io
import math
import struct
import wave

RATE = 8000


def tone(seconds: float, rate: int = RATE) -> bytes:
    """A real sound: a tone of 220 Hz, quiet, one channel, as WAV."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        one = [int(3000 * math.sin(2 * math.pi * 220 * place / rate)) for place in range(rate)]
        second = struct.pack(f"<{rate}h", *one)
        file.writeframes(second * int(seconds) + second[: int(seconds % 1 * rate) * 2])
    return kept.getvalue()
