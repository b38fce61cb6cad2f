// What can be measured of UX.md on any screen. Gives a list of what is wrong, in words.
// arguments: the language, the keys of the locale files, which checks.
const [language, keys, checks] = arguments;
const wrong = [];
const visible = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
const name = (element) => {
  const test = element.closest("[data-test]");
  const words = (element.innerText || element.getAttribute("aria-label") || element.id || "").trim().slice(0, 40);
  return `<${element.localName}${element.className && element.className.baseVal === undefined ? "." + element.className : ""}> ` +
    `${test ? test.dataset.test : ""} “${words.replace(/\s+/g, " ")}”`;
};
// A radio button or a checkbox is seen, and touched, as its label's face.
const face = (element) => element.matches("input[type=radio], input[type=checkbox]") ? element.closest("label") || element : element;
const hidden = (element) => element.closest("[aria-hidden=true], .sr, .skip") || getComputedStyle(element).clipPath !== "none";
const controls = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((element) => visible(face(element)) && !hidden(element) && element.tabIndex >= 0);
const dialog = document.querySelector("[role=dialog]");
const reachable = () => controls().filter((element) => !dialog || dialog.contains(element));

if (checks.includes("words")) {
  if (document.documentElement.lang !== language) wrong.push(`lang is ${document.documentElement.lang}`);
  const titles = [...document.querySelectorAll("h1")].filter(visible);
  if (titles.length !== 1) wrong.push(`${titles.length} h1: ${titles.map((title) => title.innerText)}`);
  if (!document.title.includes("Fieldproof")) wrong.push(`the window is called “${document.title}”`);
  const known = new Set(keys);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = [];
  while (texts.nextNode()) told.push(texts.currentNode.data.trim());
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
    for (const attribute of ["aria-label", "placeholder", "title", "alt"]) told.push((element.getAttribute(attribute) || "").trim());
  }
  for (const text of told) {
    if (/\*$/.test(text)) wrong.push(`an asterisk instead of a word: ${text}`);
    if (known.has(text)) wrong.push(`an untranslated key: ${text}`);
    if (/\{\s*\$|\{\{|undefined|\[object|NaN/.test(text)) wrong.push(`a place that was not filled in: ${text}`);
  }
}

if (checks.includes("targets")) {
  const inline = (element) => element.localName === "a" && getComputedStyle(element).display === "inline";
  const list = reachable().filter((element) => !inline(element)).map((element) => [element, face(element).getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  for (const [element, box] of list) {
    if (box.width < 47.5 || box.height < 47.5) wrong.push(`target ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(face(element))}`);
  }
  // Rows of one list share a line, the bar shares its edge: full-sized both ways, so no gap is needed.
  const shares = (a, b) => {
    const holder = a.closest(".rows, .nav, .open-points");
    return holder && holder === b.closest(".rows, .nav, .open-points");
  };
  const fixed = (element) => element.closest(".foot, .nav, .top, .toasts, .dialog-actions");
  for (const [one, a] of list) {
    for (const [other, b] of list) {
      if (one === other || face(one).contains(face(other)) || face(other).contains(face(one)) || face(one) === face(other)) continue;
      // What scrolls passes under what stands still.
      if (fixed(one) !== fixed(other)) continue;
      const dx = Math.max(b.left - a.right, a.left - b.right), dy = Math.max(b.top - a.bottom, a.top - b.bottom);
      const gap = Math.max(dx, dy);
      if (gap < 7.5 && !shares(one, other) && one.compareDocumentPosition(other) & 4) {
        wrong.push(`${Math.round(gap)} px between ${name(face(one))} and ${name(face(other))}`);
      }
    }
  }
}

if (checks.includes("width")) {
  const page = document.scrollingElement, width = document.documentElement.clientWidth;
  if (page.scrollWidth > width) wrong.push(`the page is ${page.scrollWidth} px wide on a screen of ${width}`);
  const scrolls = (element) => {
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth) return true;
    }
    return false;
  };
  const out = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!visible(element) || hidden(element) || element.closest("svg")) continue;
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(element)) out.push([element, `out of the screen (${Math.round(box.left)}–${Math.round(box.right)} of ${width}): ${name(element)}`]);
    const style = getComputedStyle(element);
    if (style.overflowX !== "visible" && !/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.innerText) {
      wrong.push(`cut off: ${name(element)}`);
    }
    if (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) wrong.push(`scrolls sideways (${element.scrollWidth} in ${element.clientWidth}): ${name(element)}`);
  }
  // Whoever holds something too wide is too wide, too: the innermost is the cause.
  for (const [element, told] of out) if (!out.some(([other]) => other !== element && element.contains(other))) wrong.push(told);
}

if (checks.includes("thumb")) {
  const first = [...document.querySelectorAll(".foot .btn, .foot .big, .door .btn, .dialog-actions .btn")]
    .find((element) => visible(element) && !element.matches(".ghost, .quiet, .danger") && (!dialog || dialog.contains(element)));
  if (first) {
    const box = first.getBoundingClientRect();
    if (box.bottom > innerHeight + 1) wrong.push(`the primary action ends at ${Math.round(box.bottom)} of ${innerHeight}: ${name(first)}`);
    else if (box.top + box.height / 2 < innerHeight * 2 / 3) wrong.push(`the primary action is at ${Math.round(box.top)} of ${innerHeight}: ${name(first)}`);
  }
}

if (checks.includes("focus")) {
  const had = document.activeElement;
  const drawn = (element) => {
    const shown = [element, element.nextElementSibling, face(element), element.parentElement].filter(Boolean);
    return shown.map((one) => { const s = getComputedStyle(one); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor].join(); }).join("|");
  };
  for (const element of reachable().slice(0, 60)) {
    const before = (element.blur(), drawn(element));
    element.focus({focusVisible: true});
    if (document.activeElement !== element) { wrong.push(`takes no focus: ${name(element)}`); continue; }
    if (drawn(element) === before) wrong.push(`the focus is not to be seen on ${name(face(element))}`);
    const box = face(element).getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 24);
    const top = document.elementFromPoint(x, y);
    if (!top || !(face(element).contains(top) || top.contains(face(element)))) {
      wrong.push(`with the focus it lies under ${top ? name(top) : "the edge"}: ${name(face(element))} at ${Math.round(y)}`);
    }
  }
  if (had && had !== document.body) had.focus({preventScroll: true});
}
return [...new Set(wrong)];
