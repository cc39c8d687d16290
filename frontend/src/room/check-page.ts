// All of the step on the way in, loaded when it is due.

export { CheckLive, listDevices } from "./check-live.ts";
export { drawCheck } from "./draw/check.ts";
