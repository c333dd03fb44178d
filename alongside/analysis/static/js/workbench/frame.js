// Once before the next frame, however often it is asked for: many changes at once are drawn as one.
export function inFrame(act) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      act();
    });
  };
}
