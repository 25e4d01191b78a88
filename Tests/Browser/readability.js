// Run inside a page by check_site.py: what is too wide, what cannot be read, whether a card can be seen.
window.almanacChecks = (() => {
  const name = (element) => {
    const id = element.closest("[id]")?.id;
    const own = element.tagName.toLowerCase() + (element.classList.length ? "." + [...element.classList].join(".") : "");
    return (id ? `#${id} ` : "") + own;
  };

  const tooWide = () => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > width + 1 && !element.closest(".table-scroll, pre");
    });
    return [`page is ${document.documentElement.scrollWidth} px wide`, ...wide.slice(0, 3).map((e) => `${name(e)} ends at ${Math.round(e.getBoundingClientRect().right)} px`)];
  };

  // Any CSS colour to sRGB bytes and alpha, by painting it.
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = "#000";
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, below) => {
    const a = top[3];
    return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)).concat(1);
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };

  const groundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };

  // What is painted under the middle of a text in a picture: the last filled shape before it that contains the point.
  const groundInPicture = (text, svg, shapes) => {
    let ground = groundOf(svg.parentElement);
    const box = text.getBoundingClientRect();
    const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    for (const shape of shapes) {
      if (!(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING)) break;
      const outer = shape.getBoundingClientRect();
      if (point.x < outer.left || point.x > outer.right || point.y < outer.top || point.y > outer.bottom) continue;
      const style = getComputedStyle(shape);
      if (style.fill === "none" || style.fill.startsWith("url(")) continue;
      const matrix = shape.getScreenCTM();
      if (!matrix || !shape.isPointInFill(point.matrixTransform(matrix.inverse()))) continue;
      const colour = [...rgba(style.fill)];
      for (let at = shape; at && at !== svg; at = at.parentElement) colour[3] *= Number(getComputedStyle(at).opacity);
      colour[3] *= Number(style.fillOpacity);
      ground = over(colour, ground);
    }
    return ground;
  };

  const contrast = () => {
    const problems = new Map();
    const judge = (element, words, colour, ground, size, weight) => {
      const needed = size >= 24 || (size >= 18.66 && weight >= 700) ? 3 : 4.5;
      const found = ratio(over(colour, ground), ground);
      if (found < needed - 0.01) {
        const key = `${name(element)} ${found.toFixed(2)}`;
        if (!problems.has(key)) problems.set(key, `${name(element)} '${words.slice(0, 24)}' has ${found.toFixed(2)}, needs ${needed}`);
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.data.trim();
      const element = node.parentElement;
      if (!words || element.closest("svg, script, noscript, [hidden]") || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.closest(":disabled, .pad")) continue;
      const style = getComputedStyle(element);
      const colour = [...rgba(style.color)];
      for (let at = element; at; at = at.parentElement) colour[3] *= Number(getComputedStyle(at).opacity);
      if (element.matches(".permalink, .permalink *")) continue;
      judge(element, words, colour, groundOf(element), parseFloat(style.fontSize), Number(style.fontWeight));
    }
    for (const svg of document.querySelectorAll("svg")) {
      if (!svg.checkVisibility() || svg.closest("[aria-hidden=true]")) continue;
      const scale = svg.viewBox.baseVal?.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const shapes = [...svg.querySelectorAll("rect, path, circle, ellipse, polygon")];
      for (const text of svg.querySelectorAll("text")) {
        const words = text.textContent.trim();
        const style = getComputedStyle(text);
        if (!words || style.visibility === "hidden" || style.fill === "none") continue;
        const colour = [...rgba(style.fill)];
        colour[3] *= Number(style.fillOpacity);
        for (let at = text; at && at !== svg; at = at.parentElement) colour[3] *= Number(getComputedStyle(at).opacity);
        if (colour[3] === 0) continue;
        const size = parseFloat(style.fontSize) * scale;
        judge(text, words, colour, groundInPicture(text, svg, shapes), size, Number(style.fontWeight));
      }
    }
    return [...problems.values()];
  };

  // Some numbers spread over the page, the last among them: focused, each shows its card inside the window.
  const cards = () => {
    const links = [...document.querySelectorAll(".v-link")].filter((one) => one.checkVisibility());
    const step = Math.max(1, Math.floor(links.length / 7));
    const problems = [];
    for (const link of links.filter((_, i) => i % step === 0 || i === links.length - 1)) {
      link.scrollIntoView({ block: "center", inline: "center" });
      link.focus();
      const card = document.getElementById(link.getAttribute("aria-describedby"));
      const words = `the card of '${link.textContent}'`;
      if (!card) problems.push(`${words} is missing`);
      else if (!card.checkVisibility()) problems.push(`${words} stays hidden`);
      else {
        const box = card.getBoundingClientRect();
        const fits = box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
        if (card.scrollWidth > card.clientWidth + 1) problems.push(`${words} is cut at its side`);
        if (!fits) problems.push(`${words} reaches from ${Math.round(box.left)},${Math.round(box.top)} to ${Math.round(box.right)},${Math.round(box.bottom)}`);
      }
      link.blur();
    }
    return problems;
  };

  // Every sortable column, both ways: numbers in order, missing last, nothing lost.
  const sorting = () => {
    const problems = [];
    for (const table of document.querySelectorAll("table.sortable")) {
      const rows = () => [...table.tBodies].flatMap((body) => [...body.rows]);
      const count = rows().length;
      const buttons = table.querySelectorAll("button.sort");
      if (!buttons.length) problems.push(`${name(table)} has no sort buttons`);
      for (const button of buttons) {
        for (const turn of [1, 2]) {
          button.click();
          const head = button.closest("th");
          const isDescending = head.getAttribute("aria-sort") === "descending";
          for (const body of table.tBodies) {
            const cells = [...body.rows].filter((row) => !row.matches(".group, .total")).map((row) => row.cells[head.cellIndex]);
            const numbers = cells.filter((cell) => cell?.dataset.value !== undefined && !cell.matches(".missing")).map((cell) => Number(cell.dataset.value));
            const isSorted = numbers.every((value, i) => !i || Number.isNaN(value) || (isDescending ? numbers[i - 1] >= value : numbers[i - 1] <= value));
            if (!isSorted) problems.push(`${name(table)}: '${button.title}' leaves ${numbers.slice(0, 6).join(", ")}`);
          }
        }
      }
      if (rows().length !== count) problems.push(`${name(table)} loses rows`);
    }
    return problems;
  };

  // All that the open menu holds is in its panel, or below in it.
  const menu = () => {
    const menu = document.querySelector(".menu");
    if (!menu) return [];
    menu.open = true;
    const panel = menu.querySelector(".menu-panel").getBoundingClientRect();
    const outside = [...menu.querySelectorAll(".menu-panel a")].filter((link) => {
      const box = link.getBoundingClientRect();
      return box.width > 0 && (box.left < panel.left - 1 || box.right > Math.min(panel.right, innerWidth) + 1);
    });
    menu.open = false;
    return outside.map((link) => `the menu hides '${link.textContent.trim()}' at its side`);
  };

  const themeSwitch = () => {
    const toggle = document.querySelector("[data-theme-toggle]");
    if (!toggle) return [];
    if (toggle.hidden) return ["the theme switch stays hidden"];
    const ground = () => getComputedStyle(document.body).backgroundColor;
    const before = ground();
    toggle.click();
    const after = ground();
    toggle.click();
    delete document.documentElement.dataset.theme;
    localStorage.clear();
    return after !== before && ground() === before ? [] : ["the theme switch does not change the ground"];
  };

  // The lines of an element's own words, cards left out.
  const linesOf = (element) => {
    const lines = [];
    let middle = null;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".permalink, .v-card")) continue;
      for (let at = 0; at < node.data.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box?.width || !node.data[at].trim()) continue;
        const own = (box.top + box.bottom) / 2;
        if (middle === null || own - middle > box.height * 0.8) lines.push("");
        middle = own;
        lines[lines.length - 1] += node.data[at];
      }
    }
    return lines;
  };

  // Titles in Han: no line begins with what closes or ends with what opens, none parts a number from its unit, and the last one is more than a character.
  const titles = () => {
    if (!document.documentElement.lang.startsWith("zh")) return [];
    const problems = [];
    for (const title of document.querySelectorAll("h1, h2, h3, .figure-title, .plate-title, .pager-title, .chapter-title")) {
      if (!title.checkVisibility()) continue;
      const lines = linesOf(title);
      const said = lines.join(" / ");
      if (lines.slice(1).some((line) => /^[，。；：、！？）》」”’%]/.test(line))) problems.push(`a line begins with a mark: ${said}`);
      if (lines.slice(0, -1).some((line) => /[（《「“‘]$/.test(line))) problems.push(`a line ends with an opening mark: ${said}`);
      if (lines.some((line, i) => i && /^[年月日个亿万%]/.test(line) && /\d$/.test(lines[i - 1]))) problems.push(`a number is parted from its unit: ${said}`);
      if (lines.some((line, i) => i && /^[A-Za-z0-9]/.test(line) && /[A-Za-z0-9]$/.test(lines[i - 1]) && title.textContent.includes(lines[i - 1].slice(-2) + line.slice(0, 2)))) problems.push(`a name is broken: ${said}`);
      if (lines.length > 1 && [...lines.at(-1)].length === 1) problems.push(`a character stands alone: ${said}`);
    }
    for (const text of document.querySelectorAll(".prose p, .figure-foot p, .lede")) {
      if (!text.checkVisibility() || text.lastChild?.nodeType === Node.ELEMENT_NODE && !text.lastChild.matches(".whole")) continue;
      const lines = linesOf(text);
      const last = [...(lines.at(-1) ?? "")].filter((letter) => !/[，。；：、！？”）》]/.test(letter));
      if (lines.length > 1 && last.length < 2) problems.push(`a paragraph ends with a line of one character: ${lines.slice(-2).join(" / ")}`);
    }
    return problems;
  };

  // Anywhere along a ramp, black or white can be read on it: to 0.58 the one for pale places, from 0.59 the one for deep ones.
  const ramps = () => {
    const box = document.createElement("span");
    document.body.append(box);
    const problems = [];
    for (let place = 0; place <= 800; place++) {
      const at = place / 100;
      const [low, share] = [Math.min(7, Math.floor(at)) + 1, Math.round((at - Math.min(7, Math.floor(at))) * 100)];
      if (at / 8 > 0.58 && at / 8 < 0.59) continue;
      box.style.setProperty("background-color", `color-mix(in srgb, var(--ramp-${low}) ${100 - share}%, var(--ramp-${low + 1}))`);
      box.style.setProperty("color", at / 8 < 0.585 ? "var(--on-pale)" : "var(--on-deep)");
      const style = getComputedStyle(box);
      const found = ratio(rgba(style.color), rgba(style.backgroundColor));
      if (found < 4.5) problems.push(`text at ${at / 8} of the ramp has ${found.toFixed(2)}`);
    }
    box.remove();
    return problems;
  };

  // Tables that a phone reads row by row: nothing scrolls, and each cell but the first shows the title of its column.
  const stacks = () => {
    const problems = [];
    for (const table of document.querySelectorAll("table.stacks")) {
      const scroll = table.closest(".table-scroll");
      const isStacked = getComputedStyle(table).display === "block";
      if (isStacked !== innerWidth <= 640) problems.push(`${name(table)} is ${isStacked ? "" : "not "}stacked at ${innerWidth} px`);
      if (!isStacked) continue;
      if (scroll.scrollWidth > scroll.clientWidth + 1) problems.push(`${name(table)} scrolls`);
      for (const cell of table.querySelectorAll("tbody td[data-label]:not(.missing)")) {
        if (getComputedStyle(cell, "::before").content !== JSON.stringify(cell.dataset.label)) problems.push(`${name(cell)} hides '${cell.dataset.label}'`);
      }
    }
    return problems;
  };

  return { tooWide, contrast, cards, sorting, menu, themeSwitch, titles, ramps, stacks };
})();
0;
