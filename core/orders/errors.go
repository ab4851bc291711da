package orders

// An Error says why a file has no orders. errors.As finds it in whatever wraps it.
type Error struct {
	Status Status // not StatusOK
	Binary Binary // what the file is instead, with StatusBinary
}

// Error says what is wrong and what to do.
func (e *Error) Error() string {
	switch e.Status {
	case StatusEmpty:
		return "the input is empty"
	case StatusHeaderOnly:
		return "the input has a header and no rows"
	case StatusBinary:
		switch e.Binary {
		case BinaryOther:
			return "the input is not text: export it as CSV"
		case BinaryHTML:
			return "the input is a web page under another name: open it in a spreadsheet program, and save it as CSV or .xlsx"
		case BinaryXML:
			return "the input is XML: export the orders as CSV, or open it in a spreadsheet program and save it as one"
		case BinarySQL:
			return "the input is a dump of a database without rows of orders: export the table of orders as CSV"
		case BinaryJSON:
			return "the input is JSON: it has to be made a table first"
		}
		return "the input is not text but " + e.Binary.String() + ": export it as CSV"
	case StatusNoID:
		return "no column for the customer was found: name it in Options.Columns[RoleID]"
	case StatusNoDate:
		return "no column for the date was found: name it in Options.Columns[RoleDate]"
	}
	return "no row could be read as an order: see Report.SetAside"
}

// Err is nil when there are orders and else an Error.
func (r *Report) Err() error {
	if r.Status == StatusOK {
		return nil
	}
	return &Error{r.Status, r.Binary}
}

// ErrClosed is what Write returns after Close.
var ErrClosed error = closed{}

type closed struct{}

func (closed) Error() string { return "orders: write after Close" }
