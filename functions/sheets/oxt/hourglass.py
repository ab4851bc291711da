"""The functions of Hourglass for LibreOffice Calc: each method of XSheets is one, found in the table of calculations."""

import json
import os

import hourglass_cells
import uno
import unohelper

try:
    from org.hourglass import XSheets

    TYPES = (unohelper.Base, XSheets)
except ImportError:  # while it is being installed, until LibreOffice starts again, its types are not there
    TYPES = (unohelper.Base,)

NAME = "org.hourglass.Sheets"

with open(os.path.join(os.path.dirname(hourglass_cells.__file__), "calculations.json"), encoding="utf-8") as table:
    CALCULATIONS = json.load(table)


class Sheets(*TYPES):
    def __init__(self, context):
        self.context = context
        self.cells = hourglass_cells.Cells(CALCULATIONS, self.settings)

    def settings(self):
        """Server and key, as they are set now."""
        provider = self.context.ServiceManager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", self.context)
        path = uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", "/org.hourglass.Sheets")
        node = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (path,))
        return node.Server, node.Key

    def table(self, calculation, result, headings, rows):
        return self.cells.table(calculation, result, headings, rows)

    def warnings(self, calculation, inputs):
        return self.cells.calculate(calculation, "warnings", inputs)


def function(calculation):
    return lambda self, result, *inputs: self.cells.calculate(calculation, result, inputs)


for one, known in CALCULATIONS.items():
    setattr(Sheets, known["method"], function(one))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Sheets, NAME, ("com.sun.star.sheet.AddIn",))
