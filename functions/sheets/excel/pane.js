// The pane beside a sheet, in Excel and Google Sheets alike: choose a calculation, click a cell for each input, insert the formula. What the two do differently is
// the host: { language, separator, watch(heard), insert(cell, formula), key? } — watch tells the address of each cell that is clicked from then on.
globalThis.hourglassPane = async function hourglassPane(host, source) {
  const root = document.querySelector("main");
  const directions = {"en":"ltr","de":"ltr","fr":"ltr","es":"ltr","pt-BR":"ltr","ja":"ltr","ar":"rtl"};
  const languages = Object.keys(directions);
  const wanted = String(host.language || "en").toLowerCase();
  const language = languages.find((one) => one.toLowerCase() === wanted) || languages.find((one) => one.slice(0, 2).toLowerCase() === wanted.slice(0, 2)) || "en";
  document.documentElement.lang = language;
  document.documentElement.dir = directions[language];
  let catalogue;
  try {
    const answer = await fetch(new URL("words." + language + ".json", source));
    catalogue = await answer.json();
  } catch {
    root.textContent = "The list of calculations cannot be loaded. Open this again.";
    return;
  }
  const words = catalogue.words;
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    element.append(...children);
    return element;
  };

  let calculation = catalogue.calculations[0];
  /** The control that the next click in the sheet fills. */
  let armed = null;
  const status = make("p", { class: "status", role: "status" });
  const formula = make("code", { dir: "ltr" });
  const fields = make("div", { class: "fields" });

  /** Tells what happened; wrong marks it. */
  function tell(text, wrong = false) {
    status.textContent = text;
    status.classList.toggle("wrong", wrong);
  }

  function arm(control) {
    armed?.button.setAttribute("aria-pressed", "false");
    armed = armed === control ? null : control;
    armed?.button.setAttribute("aria-pressed", "true");
    tell(armed ? words.picking : "");
    host.watch(armed ? heard : null);
  }

  /** A cell was clicked: it is what the armed control takes, and the next empty one is armed. */
  function heard(address) {
    if (!armed) return;
    const here = controls.indexOf(armed);
    armed.input.value = address;
    mark(armed, "");
    write();
    const next = controls.slice(here + 1).find((one) => one.needed && one.input.value === "");
    arm(armed);
    if (next) arm(next);
  }

  const looksLikeCells = (text) => /^('[^']+'!|[^'!]+!)?\$?[A-Z]{1,3}\$?[0-9]*(:\$?[A-Z]{1,3}\$?[0-9]*)?$/i.test(text);
  const asNumber = (text) => text.replace(/[\u066B,]/, ".").replace(/^\+/, "");

  /** What stands for a control in the formula; "" where it is left out, null where it is wrong. */
  function argument(control) {
    const text = control.input.value.trim();
    if (control.options) return text === "" ? "" : '"' + text + '"';
    if (text === "" || looksLikeCells(text)) return text;
    if (/%$/.test(text) && /^-?[0-9.]+$/.test(asNumber(text.slice(0, -1)))) return String(Number(asNumber(text.slice(0, -1))) / 100);
    return /^-?([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(asNumber(text)) && control.kind === "number" ? asNumber(text) : null;
  }

  function mark(control, text) {
    control.said.textContent = text;
    if (text) control.input.setAttribute("aria-invalid", "true");
    else control.input.removeAttribute("aria-invalid");
  }

  let controls = [];
  let result, warned;
  function write() {
    const values = controls.filter((one) => one.name).map((one) => argument(one) ?? "…");
    while (values.length && values.at(-1) === "") values.pop();
    const asked = '"' + result.value + (warned.checked ? ", warnings" : "") + '"';
    formula.textContent = "=HOURGLASS" + host.separator + calculation.name + "(" + [asked, ...values].join(", ") + ")";
  }

  function control(name, title, { help, optional = false, kind = "number", options, standing } = {}) {
    const id = "input-" + (name || "target");
    const said = make("p", { class: "wrong", id: id + "-said" });
    const about = help ? make("p", { class: "help", id: id + "-help" }, help) : "";
    const described = (help ? id + "-help " : "") + id + "-said";
    const choices = options?.map((option) => make("option", { value: option }, catalogue.options[option] || option));
    const input = options
      ? make("select", { id, "aria-describedby": described }, ...(optional ? [make("option", { value: "" }, standing ? catalogue.options[standing] || standing : "–")] : []), ...choices)
      : make("input", { id, dir: "ltr", autocomplete: "off", spellcheck: "false", placeholder: standing, "aria-describedby": described });
    const button = make("button", { type: "button", class: "pick", "aria-pressed": "false", title: words.picking, "aria-label": say(kind === "number" ? words.pick : words.range, { field: title }) });
    const one = { name, input, button, said, kind, options, needed: !optional };
    input.addEventListener("input", () => {
      mark(one, "");
      write();
    });
    button.addEventListener("click", () => arm(one));
    controls.push(one);
    return make("div", { class: "field" }, make("label", { for: id }, title), about, make("div", { class: "row" }, input, ...(options ? [] : [button])), said);
  }

  function show() {
    if (armed) arm(armed);
    tell("");
    fields.replaceChildren();
    controls = [];
    const free = make("details", { class: "free" }, make("summary", {}, catalogue.optional));
    for (const input of calculation.inputs) (input.optional ? free : fields).append(control(input.name, input.title, input));
    fields.append(control("", words.target), ...(free.children.length > 1 ? [free] : []));
    result.replaceChildren(...calculation.results.map(({ path, title }) => make("option", { value: path }, title)));
    question.textContent = calculation.question;
    more.href = new URL("../../docs/formulas/" + calculation.page + "/", source);
    write();
  }

  async function insert() {
    const target = controls.at(-1);
    for (const one of controls) {
      const value = argument(one);
      mark(one, value === null ? words.number : value === "" && one.needed ? words.needed : "");
    }
    const cell = target.input.value.trim();
    mark(target, looksLikeCells(cell) ? "" : words.picking);
    const bare = (address) => address.replaceAll("$", "").toUpperCase();
    if (cell && controls.some((one) => one !== target && bare(one.input.value.trim()) === bare(cell))) mark(target, words.clash);
    const wrong = controls.find((one) => one.input.hasAttribute("aria-invalid"));
    if (wrong) {
      const hidden = wrong.input.closest("details");
      if (hidden) hidden.open = true;
      return wrong.input.focus();
    }
    if (armed) arm(armed);
    try {
      await host.insert(cell, formula.textContent);
      tell(say(words.inserted, { cell }));
    } catch (error) {
      tell(say(words.failed, { reason: error.message }), true);
    }
  }

  const question = make("p", { class: "question" });
  const more = make("a", { target: "_blank", rel: "noopener" }, words.more);
  const chosen = make("select", { id: "calculation" }, ...catalogue.calculations.map(({ id, title }) => make("option", { value: id }, title)));
  result = make("select", { id: "result" });
  warned = make("input", { type: "checkbox", id: "warned" });
  chosen.addEventListener("change", () => {
    calculation = catalogue.calculations.find(({ id }) => id === chosen.value);
    show();
  });
  for (const one of [result, warned]) one.addEventListener("change", write);
  const form = make("form", { novalidate: true },
    make("label", { for: "calculation" }, catalogue.choose), chosen, question, make("label", { for: "result" }, catalogue.result), result,
    make("label", { class: "check" }, warned, words.warnings), fields,
    make("div", { class: "foot" }, make("p", { class: "formula", "aria-label": words.formula }, formula), make("button", { type: "submit", class: "main" }, words.insert), status));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    insert();
  });
  root.replaceChildren(form, make("p", {}, more), ...(host.key ? [keyForm()] : []));
  chosen.value = (calculation = catalogue.calculations.find(({ id }) => id === "subscription") || calculation).id;
  show();

  /** The key of a private server, kept where the functions look for it. */
  function keyForm() {
    const input = make("input", { id: "key", type: "password", autocomplete: "off", dir: "ltr", "aria-label": words.key });
    input.value = host.key.get() || "";
    const said = make("p", { role: "status", class: "status" });
    const keys = make("form", {}, make("div", { class: "row" }, input, make("button", { type: "submit" }, words.keep)), said);
    keys.addEventListener("submit", (event) => {
      event.preventDefault();
      host.key.set(input.value.trim());
      said.textContent = words.kept;
    });
    return make("details", { class: "key" }, make("summary", {}, words.key), keys);
  }
};
