// What lies over each other or off the side in the circle. Chairs are round, words are boxes; a chair's own parts may touch.
() => {
  const found = [];
  const seen = (element) => {
    const style = getComputedStyle(element);
    return element.getClientRects().length > 0 && style.visibility !== "hidden" && style.clipPath === "none" && Number(style.opacity) > 0;
  };
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  };
  const stage = document.querySelector(".stage");
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${width}`);
  if (!stage) return found;
  const edge = stage.getBoundingClientRect();
  const things = [];
  const word = (element, of) => {
    const shown = element.getBoundingClientRect(); // a name that is too long is cut off there
    for (const box of seen(element) ? lines(element) : []) {
      const [x, right] = [Math.max(box.x, shown.x), Math.min(box.right, shown.right)];
      const line = { what: "word", who: element.textContent.trim(), of, x, y: box.y + 2, w: right - x, h: box.height - 4 };
      if (box.y + box.height / 2 < shown.bottom) things.push(line);
    }
  };
  stage.querySelectorAll(".seat, .place.is-empty").forEach((item, at) => {
    if (!seen(item)) return;
    const box = item.getBoundingClientRect();
    const share = item.matches(".place") ? 0.4 : item.matches(".is-back") ? 0.31 : 0.37;
    const r = box.width * share;
    const who = item.querySelector(".label__name, .long").textContent.trim().replace(/\s+/g, " ").slice(0, 16);
    things.push({ what: "chair", who, of: at, x: box.x + box.width / 2 - r, y: box.y + box.height / 2 - r, w: 2 * r, h: 2 * r, r });
    item.querySelectorAll(".label__name, .label__role").forEach((label) => word(label, at));
    if (item.matches(".place")) item.querySelectorAll(".long, .short").forEach((label) => word(label, at));
    item.querySelectorAll(".as, .hand, .ear").forEach((part) => {
      const q = part.getBoundingClientRect();
      things.push({ what: part.className, who: part.textContent.trim(), of: at, x: q.x + 1, y: q.y + 1, w: q.width - 2, h: q.height - 2 });
    });
  });
  stage.querySelectorAll(".outer__seat").forEach((item, at) => {
    const q = item.querySelector(".outer__stool").getBoundingClientRect();
    things.push({ what: "stool", who: item.textContent.trim().slice(0, 8), of: `o${at}`, x: q.x, y: q.y, w: q.width, h: q.height });
    word(item.querySelector(".outer__name"), `o${at}`);
  });
  stage.querySelectorAll(".centre > *").forEach((item) => {
    if (seen(item)) for (const box of lines(item)) things.push({ what: "centre", who: item.textContent.trim().slice(0, 16), of: "centre", x: box.x, y: box.y + 3, w: box.width, h: box.height - 6 });
  });
  const outside = (a) => a.x < edge.x - 0.5 || a.x + a.w > edge.right + 0.5 || a.y < edge.y - 8 || a.y + a.h > edge.bottom + 2;
  for (const a of things) if (outside(a)) found.push(`off the stage: ${a.what} ${a.who} at ${a.x.toFixed(0)} ${a.y.toFixed(0)}, ${a.w.toFixed(0)} wide, stage ${edge.width} × ${edge.height}`);
  const gap = (round, box) => {
    const [x, y] = [round.x + round.r, round.y + round.r];
    return Math.hypot(x - Math.min(Math.max(x, box.x), box.x + box.w), y - Math.min(Math.max(y, box.y), box.y + box.h)) - round.r;
  };
  const apart = (a, b) => {
    if (a.r && b.r) return Math.hypot(a.x + a.r - b.x - b.r, a.y + a.r - b.y - b.r) > a.r + b.r;
    if (a.r) return gap(a, b) > -1;
    return b.r ? gap(b, a) > -1 : false;
  };
  things.forEach((a, at) => {
    for (const b of things.slice(at + 1)) {
      const [dx, dy] = [Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x), Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)];
      if (a.of !== b.of && dx > 2 && dy > 2 && !apart(a, b)) found.push(`over each other: ${a.what} ${a.who} / ${b.what} ${b.who}, ${dx.toFixed(0)} × ${dy.toFixed(0)}`);
    }
  });
  return found;
};
