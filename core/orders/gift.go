package orders

// giftWords name what is paid for and gives no goods yet, after normalise: the goods that it is used for later are orders of their own.
const giftWords = "gift card|gift cards|giftcard|giftcards|gift certificate|gift certificates|gift voucher|gift vouchers|e gift|egift|egiftcard|store credit purchase|" +
	"geschenkkarte*|geschenkgutschein*|gutscheinkarte*|wertgutschein*|einkaufsgutschein*|geschenk gutschein|carte cadeau|cartes cadeaux|cheque cadeau|cheques cadeaux|bon cadeau|bons cadeaux|bon d achat|" +
	"tarjeta regalo|tarjetas regalo|tarjeta de regalo|tarjetas de regalo|cheque regalo|vale regalo|bono regalo|cartao presente|cartoes presente|vale presente|cheque presente|gift card digital|" +
	"carta regalo|carte regalo|buono regalo|buoni regalo|cadeaubon*|cadeaukaart*|karta podarunkowa|karty podarunkowe|bon podarunkowy|presentkort*|hediye karti|hediye ceki|" +
	"подарочн* сертификат*|подарочный сертификат|подарочная карта|ギフトカード|ギフト券|商品券|礼品卡|禮品卡|礼券|기프트카드|기프트 카드|상품권|بطاقه هديه|بطاقه اهداء|قسيمه هديه"

// giftCard is what is known of texts that may name one, and a row that may be the sale of one alone.
type giftCard struct {
	seen [1024]giftText
	held heldOrder
	on   bool // there is such a row: it is one, unless a line of the same order follows that is none
}

type giftText struct {
	hash uint64
	yes  bool
}

type heldOrder struct {
	customer uint32
	day      int32
	amount   float64
	key      uint64
	carried  codes
	kept     keptCodes
	line     uint32
	text     []byte
}

// saysGift reports whether a text names a gift card.
func saysGift(text []byte) bool { return says(normalise(text), giftWords) }

// ofGift reports whether the product of the row at hand is a gift card.
func (r *Reader) ofGift(buf []byte) bool {
	if r.layout.product < 0 || r.opts.KeepGiftCards {
		return false
	}
	text := r.field(buf, r.layout.product)
	if len(text) < 4 || len(text) > maxID {
		return false
	}
	h := hash(text)
	t := &r.gift.seen[h%1024]
	if t.hash != h {
		*t = giftText{h, saysGift(text)}
	}
	return t.yes
}

// hold keeps an order of a gift card until the next row.
func (r *Reader) hold(o heldOrder) {
	o.line, o.text = r.line, clip(o.text, maxExample)
	r.gift.held, r.gift.on = o, true
}

// settleGift decides on the order that is held: goods says that it has a line of something else.
func (r *Reader) settleGift(goods bool) {
	if !r.gift.on {
		return
	}
	r.gift.on = false
	o := &r.gift.held
	if !goods {
		r.report.SetAside[ReasonGiftCard].add(o.line, o.text)
		if r.aside != nil {
			r.aside(ReasonGiftCard, o.line, o.text)
		}
		return
	}
	r.events.push(o.customer, o.day, o.amount, o.key)
	if len(r.carriers) > 0 {
		r.events.tag(len(r.carriers), o.carried)
	}
	if len(r.keepers) > 0 {
		r.events.tagKept(len(r.keepers), o.kept)
	}
}

// productColumn is the column that names what was bought, -1 for none.
func (m *mapper) productColumn() int {
	const never = ofMoney | ofQuantity | ofID | ofTax | ofShipping | ofDiscount | ofFee | ofStatus | ofDate | ofCurrency | ofCustomer | ofEmail | ofPhone | ofPlace | ofMeasure | ofRefund | ofOthers
	best, at := 0, -1
	for i := range m.stats {
		s := &m.stats[i]
		if s.meaning&ofLine == 0 || s.meaning&never != 0 || taken(m.columns, i) || s.cells.numbers*2 > s.cells.filled {
			continue
		}
		score := 1
		if s.meaning&ofName != 0 {
			score = 2
		}
		if score > best {
			best, at = score, i
		}
	}
	return at
}
