// Excel as the pane's host.
Office.onReady(() => {
  const theme = Office.context.officeTheme;
  if (theme?.bodyBackgroundColor) {
    const [r, g, b] = theme.bodyBackgroundColor.match(/[0-9a-f]{2}/gi).map((part) => Number.parseInt(part, 16));
    document.documentElement.dataset.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  }
  /** What hears of the next selection; nothing, most of the time. */
  let heard = null;
  const selected = () => heard && Excel.run(async (context) => {
    const range = context.workbook.getSelectedRange().load("address");
    await context.sync();
    heard?.(range.address);
  });
  Office.context.document.addHandlerAsync("documentSelectionChanged", selected);
  const keyName = (Office.context.partitionKey || "") + "hourglass-key";
  hourglassPane({
    language: Office.context.displayLanguage,
    separator: ".",
    watch: (listener) => (heard = listener),
    insert: (cell, formula) => Excel.run(async (context) => {
      const at = cell.lastIndexOf("!");
      const sheets = context.workbook.worksheets;
      const sheet = at < 0 ? sheets.getActiveWorksheet() : sheets.getItem(cell.slice(0, at).replace(/^'(.*)'$/, "$1").replaceAll("''", "'"));
      sheet.getRange(cell.slice(at + 1)).getCell(0, 0).formulas = [[formula]];
      await context.sync();
    }),
    key: {
      get: () => localStorage.getItem(keyName),
      set: (key) => (key ? localStorage.setItem(keyName, key) : localStorage.removeItem(keyName)),
    },
  }, new URL("./", document.querySelector('script[src="pane.js"]').src));
});
