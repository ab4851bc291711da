package orders

// sampled is what rows of the sample tell beside each other.
type sampled struct {
	orders, invoices map[float64]int // rows by their amount
	back, out        int             // documents that take a sale back with a negative amount, and refunds with a positive one
	debit, credit    int             // amounts marked Dr and Cr
	order            uint64          // of the row before
	who              uint64          // its customer
	within, changes  int             // rows that go on with an order, and those of them that name another customer
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
	if r.layout.order >= 0 {
		s.lookAtOrder(hash(r.field(buf, r.layout.order)), r.field(buf, r.layout.id))
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
		if s.orders == nil {
			s.orders, s.invoices = map[float64]int{}, map[float64]int{}
		}
		if listed(wordsOrder, name) {
			s.orders[v]++
		} else if says(name, wordsInvoice) {
			s.invoices[v]++
		}
	}
}

func (s *sampled) lookAtOrder(order uint64, id []byte) {
	who := hash(id)
	if order == s.order && len(id) > 0 {
		s.within++
		s.changes += whole(who != s.who)
	}
	s.order, s.who = order, who
}

// invoiced reports whether most orders have an invoice of the same amount in the file: the invoices are the sales then.
func (s *sampled) invoiced() bool {
	n, twins := 0, 0
	for amount, rows := range s.orders {
		n += rows
		if rows <= 3*s.invoices[amount] { // an order, its delivery
			twins += rows
		}
	}
	return n >= 2 && twins*2 > n
}

// decide takes over what the rows tell.
func (s *sampled) decide(r *Reader) {
	r.invoiced = s.invoiced()
	r.paidBack = s.back > 0 && s.out > 0
	r.minus = 0
	if s.debit > 0 && s.credit > 0 { // what there is less of takes back
		r.minus = creditMark
		if s.credit > s.debit {
			r.minus = debitMark
		}
		r.report.ask(Question{Code: QuestionAmount, Column: r.layout.amount + 1})
	}
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
