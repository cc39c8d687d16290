// A clock for durations. The device's own may be set, forward and back; the one that nobody sets may rest while the device
// sleeps. So each step is the longer one of the two: time never runs back, and a night is a night.

/** Milliseconds since it was made, from the time of day and from a clock that only goes on. */
export function stopwatch(day: () => number, running: () => number): () => number {
  let [elapsed, date, ran] = [0, day(), running()];
  return () => {
    const [before, until] = [date, ran];
    [date, ran] = [day(), running()];
    elapsed += Math.max(date - before, ran - until);
    return elapsed;
  };
}
