package orders

// documentCodes are the codes by which a program, or a standard, tells its documents of sale apart, after normalise: invoices and sales, what takes them back, and
// what is neither.
type documentCodes struct{ sale, back, neither string }

// Sources: Sage 50 Accounts help, "Transaction types"; SAP, VF01's standard billing types, and the document types of its accounts; UN/EDIFACT code list 1001, as EN 16931 has it; FatturaPA, specifiche
// tecniche 1.9, TipoDocumento; Portugal, Portaria 302/2016 (SAF-T), InvoiceType, WorkType and PaymentType; Xero API, Invoice Types; Oracle Receivables, transaction classes;
// JD Edwards, document types of Accounts Receivable. The last are abbreviations that books of accounts have in German, French, Spanish and English.
var knownDocuments = [...]documentCodes{
	{"si", "sc", "sr|sa|sp|sd|pi|pc|pp|pa|pr|pd|bp|br|cp|cr|vp|vr|jd|jc"},
	{"f1|f2|f5|iv|l2", "re|g2|s1|iva|ivs", "f8|s2"},
	{"rv|dr", "dg", "dz|ab|da|sa|zp|zv"},
	{"380|384|389|393|751|325|383", "381|396|261", "386|310|220|231"},
	{"td01|td05|td06|td24|td25|td26", "td04|td08", "td02|td03|td07|td16|td17|td18|td19|td20|td27|td28"},
	{"ft|fs|fr|nd|vd", "nc|re", "rg|rc|gt|gr|pf|or|ne|cm|cc"},
	{"accrec", "accreccredit", "accpay|accpaycredit|aroverpayment|arprepayment|apoverpayment|apprepayment"},
	{"inv|dm", "cm", "pmt|dep|cb|adj"},
	{"ri", "rm", "rc|ru|rb|r5"},
	{"inv|in|invc", "cn|crn|cr|cnote|crnote|cred", "pmt|pay|rcpt|rct|rec|est|quo|qt|so|dn|dep"},
	{"re|rg|ar|rech", "gs|gu|gut|rk|st", "an|ab|ls|ma|zg|ze|bz"},
	{"fa|fc|fac|fact", "av|avo|nc|ab|abo", "de|dv|dev|bl|bc|rg|rb|al|pre|pr"},
}

// codeSets are those of knownDocuments that have every cell of a column, and of these the ones of which it has a sale, or something else: a bit each.
type codeSets struct{ without, sales, others uint16 }

func (s *codeSets) look(text []byte) {
	var room [maxCode]byte
	name := codeOf(room[:0], text)
	for i := range knownDocuments {
		bit := uint16(1) << i
		switch knownDocuments[i].of(name) {
		case StandingUnknown:
			s.without |= bit
		case StandingPaid:
			s.sales |= bit
		default:
			s.others |= bit
		}
	}
}

// codeOf is a code in small letters, nothing for a longer text.
func codeOf(dst, text []byte) []byte {
	if len(text) > maxCode {
		return dst
	}
	return appendLower(dst, text)
}

const maxCode = 20 // bytes of a document's code

func (d *documentCodes) of(name []byte) Standing {
	switch {
	case len(name) == 0:
		return StandingUnknown
	case listed(d.sale, name):
		return StandingPaid
	case listed(d.back, name):
		return StandingRefund
	case listed(d.neither, name):
		return StandingNotOrder
	}
	return StandingUnknown
}

// known is the first set that has all cells, a sale among them and something else; nil for none.
func (s *codeSets) known() *documentCodes {
	for i := range knownDocuments {
		if bit := uint16(1) << i; s.without&bit == 0 && s.sales&s.others&bit != 0 {
			return &knownDocuments[i]
		}
	}
	return nil
}

// takeDocuments takes a column named for a type whose cells are codes of documents.
func (m *mapper) takeDocuments() {
	if m.datev {
		return
	}
	if c := m.column(RoleType); c != nil {
		m.documents = c.codes.known()
		return
	}
	for i := range m.stats {
		s := &m.stats[i]
		if d := s.codes.known(); d != nil && nameScore(RoleType, s.meaning, s.unknown) > 0 && m.free(RoleType) && !taken(m.columns, i) {
			m.columns[RoleType], m.documents = i+1, d
			return
		}
	}
}
