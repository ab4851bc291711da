package orders

// sampled is what rows of the sample tell beside each other.
type sampled struct {
	orders, invoices  sales                     // documents of an order, and its invoices
	charges, payments sales                     // what was charged, and what was paid of it
	back, out         int                       // documents that take a sale back with a negative amount, and refunds with a positive one
	debit, credit     int                       // amounts marked Dr and Cr
	unmarked          int                       // amounts above 0 without a mark
	order             uint64                    // of the row before
	who               uint64                    // its customer
	histories         map[uint64]*statesOfOrder // by the hash of an order's number
	ups, downs        int                       // days of their states that are later, and earlier, than the one above
	unnumbered        map[uint64]bool           // customers and days of rows whose order number says nothing
	within, changes   int                       // rows that go on with an order, and those of them that name another customer
}

// wordsOrder are documents of an order, and of its delivery, beside its invoice.
const wordsOrder = "sales order|sale order|salesorder|purchase order|order|auftrag|verkaufsauftrag|auftragsbestatigung|bestellung|commande|bon de commande|pedido|pedido de venta|pedido de venda|ordine|ordine di vendita|verkooporder|bestelling|zamowienie|order|siparis|заказ|طلب|受注|订单|訂單|주문|delivery|delivery note|deliveries|shipment|lieferschein|lieferung|bon de livraison|livraison|albaran|nota de entrega|guia de remessa|ddt|documento di trasporto|bolla|pakbon|levering|wz|foljesedel|irsaliye|накладная|納品書|送货单|出库单|납품서"

// wordsPaidBack are payments to a customer, and no documents that take a sale back.
const wordsPaidBack = "refund|refunds|refund payment|customer refund|ruckzahlung|erstattung|remboursement|reembolso|rimborso|terugbetaling|zwrot|aterbetalning|iade|возврат|返金|退款|환불"

func (s *sampled) look(r *Reader, buf []byte) {
	amount := r.field(buf, r.layout.amount)
	v, currency, verdict := parseNumber(amount, '.')
	if verdict == readConflict {
		v, currency, verdict = parseNumber(amount, ',')
	}
	s.debit += whole(currency == debitMark)
	s.credit += whole(currency == creditMark)
	s.unmarked += whole(verdict == readOK && currency != debitMark && currency != creditMark && v > 0)
	if r.layout.order >= 0 {
		s.lookAtNumber(r, buf)
		s.lookAtOrder(hash(r.field(buf, r.layout.order)), r.field(buf, r.layout.id))
	}
	if r.layout.order >= 0 && r.layout.status >= 0 && verdict == readOK {
		if order := r.field(buf, r.layout.order); len(order) > 0 {
			key, product := hash(order), hash(r.field(buf, r.layout.product))
			s.lookAtState(key, product, r.field(buf, r.layout.status), r.field(buf, r.layout.date), v)
		}
	}
	if r.layout.kind < 0 || verdict != readOK {
		return
	}
	kind := r.field(buf, r.layout.kind)
	name := normalise(kind)
	switch typeOf(kind, r.invoices) {
	case StandingRefund:
		s.back += whole(v < 0 && !listed(wordsPaidBack, name))
		s.out += whole(v > 0 && listed(wordsPaidBack, name))
	case StandingPaid:
		d, ok := parseDate(r.field(buf, r.layout.date), MonthFirst)
		if list := s.listOf(kind, name); ok && list != nil {
			list.add(sale{hash(r.field(buf, r.layout.id)), v}, d)
		}
	}
}

// listOf is the list of sales that a type belongs to, nil for none.
func (s *sampled) listOf(kind, name []byte) *sales {
	switch {
	case listed(wordsOrder, name):
		return &s.orders
	case says(name, wordsInvoice):
		return &s.invoices
	case listed(wordsCharge, name):
		return &s.charges
	case wordsOf(kind).payment:
		return &s.payments
	}
	return nil
}

// wordsCharge are what a customer is charged, where the payment of it has a row of its own.
const wordsCharge = "charge|charges|debit|billing|belastung|lastschrift|cargo|cobro|cobranca|addebito|debit note"

// sales are the days of documents by customer and amount.
type sales struct {
	days    map[sale][]date
	amounts map[float64]bool
	n       int
}

type sale struct {
	who    uint64
	amount float64
}

func (s *sales) add(one sale, d date) {
	if s.days == nil {
		s.days, s.amounts = map[sale][]date{}, map[float64]bool{}
	}
	s.days[one] = append(s.days[one], d)
	s.amounts[one.amount] = true
	s.n++
}

// twins reports whether most sales have a counterpart: a document of the same customer and amount that follows within so many days. Where there is hardly
// more than one price, customers and amounts tell little, and days more.
func (s *sales) twins(of *sales, within int32) bool {
	const few, soon = 2, 3
	if len(s.amounts) <= few && s.n > few {
		within = soon
	}
	twins := 0
	for one, days := range s.days {
		for _, d := range days {
			for _, other := range of.days[one] {
				if follows(d.day, other.day, within) || d.either && other.either && follows(d.swapped, other.swapped, within) {
					twins++
					break
				}
			}
		}
	}
	return s.n >= 2 && of.n*3 >= s.n && twins*2 > s.n // an order and its delivery have one invoice
}

// follows reports whether a day comes after another, or a little before it, as a draft's does.
func follows(day, other, within int32) bool {
	const before = 3
	return other >= day-before && other <= day+within
}

// lookAtNumber takes in whose a row is that names no order: 0, or marks alone.
func (s *sampled) lookAtNumber(r *Reader, buf []byte) {
	if text := r.field(buf, r.layout.order); len(text) == 0 || !saysNothing(text) {
		return
	}
	if s.unnumbered == nil {
		s.unnumbered = map[uint64]bool{}
	}
	who := hash(r.field(buf, r.layout.id))
	s.unnumbered[who^hash(r.field(buf, r.layout.date))*3] = true
}

func (s *sampled) lookAtOrder(order uint64, id []byte) {
	who := hash(id)
	if order == s.order && len(id) > 0 {
		s.within++
		s.changes += whole(who != s.who)
	}
	s.order, s.who = order, who
}

// decide takes over what the rows tell.
func (s *sampled) decide(r *Reader) {
	r.invoiced = s.orders.twins(&s.invoices, 92)
	r.charged = s.payments.twins(&s.charges, 7)
	r.paidBack = s.back > 0 && s.out > 0
	r.minus = 0
	if marked := s.debit + s.credit; marked > 0 && (s.debit > 0 && s.credit > 0 || s.unmarked > marked) { // what there is less of takes back
		r.minus = creditMark
		if s.credit > s.debit && s.debit+s.unmarked <= s.credit || s.credit == 0 {
			r.minus = debitMark
		}
		r.report.ask(Question{Code: QuestionAmount, Column: r.layout.amount + 1})
	}
	if s.hasHistories() {
		r.histories = &histories{of: map[uint64]*history{}, newestFirst: s.downs > s.ups}
		r.events.histories = r.histories
	}
	r.unnumbered = len(s.unnumbered) > 1
	s.dropItem(r)
}

// dropItem gives up a column without a word about customers that names several within one order: what was bought has such names.
func (s *sampled) dropItem(r *Reader) {
	p := &r.report
	id := p.Columns[RoleID]
	if s.within < 3 || s.changes*2 < s.within || id < 1 || id > len(p.Names) || r.opts.Columns[RoleID] != 0 || p.Basis[RoleID] == BasisPreset {
		return
	}
	m, _ := newLexicon().name(normalise(p.Names[id-1]))
	if m&(ofCustomer|ofEmail|ofPhone) != 0 {
		return
	}
	p.Columns[RoleID], p.Basis[RoleID] = 0, BasisNone
	r.layout.id = -1
}

// The marks of accounts behind an amount, as parseNumber packs them.
var debitMark, creditMark = packed("DR"), packed("CR")
