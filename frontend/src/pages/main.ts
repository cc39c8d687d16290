// What the ordinary pages gain where scripts run. Each works without.
import { choicesAtOnce } from "./choose.ts";
import { copyButtons } from "./copy.ts";
import { sendOnce } from "./once.ts";
import { printButtons } from "./print.ts";
import { liveTotal } from "./total.ts";
import { beginAtWrong } from "./wrong.ts";
import { ownZone } from "./zone.ts";

beginAtWrong(document);
choicesAtOnce(document);
copyButtons(document);
liveTotal(document);
ownZone(document);
printButtons(document);
sendOnce(document);
