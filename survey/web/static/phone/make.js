// Pieces of a page: elements, things to press, and notices, made of words that are never read as markup.

/** An element with these attributes, holding texts and elements. */
export function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...inside.filter(Boolean));
  return element;
}

/** A button that does this and sends nothing. */
export function press(words, action, attributes = {}) {
  const button = make("button", { type: "button", ...attributes }, words);
  button.addEventListener("click", action);
  return button;
}

/** A notice: a heading that takes the focus, paragraphs, and what can be done about it. */
export function notice(title, texts, buttons = [], isProblem = false) {
  const box = make("div", { class: isProblem ? "err" : "say", role: isProblem ? "alert" : "status", tabindex: -1 });
  box.append(make("h2", {}, title), ...texts.map((text) => make("p", {}, text)));
  if (buttons.length) box.append(make("div", { class: "two" }, ...buttons));
  return box;
}

/** Make this heading the page's own, since the title is hidden with the first part; it can take the focus. */
export function leading(heading) {
  heading.setAttribute("role", "heading");
  heading.setAttribute("aria-level", "1");
  heading.tabIndex = -1;
  return heading;
}

/** Let a screen reader say these words, once. */
export function tell(words) {
  if (!teller || !teller.isConnected) {
    teller = make("p", { role: "status" });
    teller.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0";
    document.body.append(teller);
  }
  teller.textContent = "";
  setTimeout(() => (teller.textContent = words), 50);
}

let teller = null;
