/** A form that is sent is not sent again by a second tap while the answer is on its way. */
export function sendOnce(root: ParentNode, patience = 10_000): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method=post]")) {
    let sent = Number.NEGATIVE_INFINITY;
    form.addEventListener("submit", (event) => {
      if (event.timeStamp - sent < patience) event.preventDefault();
      else sent = event.timeStamp;
    });
  }
}
