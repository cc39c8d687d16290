// What leaders ask for about the persons of the case. Each wish says how many there are then, as this leader sees it, so that
// what two leaders press at the same time counts once. Pure.

import type { Command, FigureCode, FigureView, PersonId, View } from "./wire.ts";

export function addFigure(view: View, code: FigureCode): Command {
  return { do: "add-figure", code, number: countOf(view, code) + 1 };
}

export function countOf(view: View, code: FigureCode): number {
  return (view.figures ?? []).filter((one) => one.code === code).length;
}

/** A voice of somebody without a device, or of the group; who does not see the number sends none. */
export function tickVoice(number: number, figure: FigureView, person?: PersonId): Command {
  return {
    do: "tick-voice",
    case: number,
    figure: figure.figure,
    ...(person ? { person } : {}),
    ...(figure.voices === null ? {} : { voices: figure.voices + 1 }),
  };
}
