// The recording in step with the text: a time in the text plays from there, and the turn being spoken is marked
// and kept in view, unless the reader has scrolled away from it.

export class Sound {
  constructor({ text, list, view, say }) {
    this.audio = document.getElementById("sound");
    if (!this.audio) return;
    Object.assign(this, { text, view, say });
    this.times = text.turns.flatMap((turn) => {
      const time = turn.element.querySelector("time");
      return time ? [{ turn, at: Number.parseFloat(time.dateTime.slice(2)) }] : [];
    });
    this.times.sort((a, b) => a.at - b.at);
    list.classList.toggle("timed", this.times.length > 0);
    list.addEventListener("click", (event) => {
      const turn = event.target.closest("time") && text.holding(event.target);
      if (turn) this.from(turn);
    });
    for (const kind of ["timeupdate", "seeked", "play"]) this.audio.addEventListener(kind, () => this.follow());
    this.audio.addEventListener("error", () => say.aloud(say.with("noSound")));
    const speed = document.getElementById("speed");
    speed.addEventListener("change", () => {
      this.audio.playbackRate = Number(speed.value);
    });
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.stop();
  }

  async play() {
    try {
      await this.audio.play();
      this.say.softly(this.say.with("playing"));
    } catch (error) {
      if (error.name !== "AbortError") this.say.aloud(this.say.with("noSound"));
    }
  }

  stop() {
    this.audio.pause();
    this.say.softly(this.say.with("stopped"));
  }

  from(turn) {
    const known = this.times.find((time) => time.turn === turn);
    if (!known) return void this.say.aloud(this.say.with("noTime"));
    this.audio.currentTime = known.at;
    return this.play();
  }

  // The last turn that has begun by now.
  follow() {
    const now = this.audio.currentTime + 0.05;
    const turn = this.times.findLast(({ at }) => at <= now)?.turn ?? null;
    if (turn === this.turn || (!turn && this.audio.paused)) return;
    const before = this.turn?.element.getBoundingClientRect();
    const stays = !before || this.view.holds(before);
    this.turn?.element.classList.remove("spoken");
    turn?.element.classList.add("spoken");
    this.turn = turn;
    if (turn && stays) this.view.bring(turn.element.getBoundingClientRect());
  }
}
