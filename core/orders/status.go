package orders

// Standing is what a status, or the type of a row, means for the order.
type Standing uint8

// Standings.
const (
	StandingPaid      Standing = iota // an order; also a row without a status
	StandingCancelled                 // never became an order
	StandingUnpaid                    // not an order yet, or never
	StandingRefunded                  // was one; the money went back
	StandingRefund                    // the row itself is a refund
	StandingNotOrder                  // a payout, a fee, a transfer, an offer
	StandingUnknown                   // set aside, and asked about
	NumStandings                      // the number of standings
)

func (s Standing) String() string {
	return pick(int(s), "paid", "cancelled", "unpaid", "refunded", "refund", "not_order", "unknown")
}

// StatusRule says how the rows of one status, or type, are taken.
type StatusRule struct {
	Text     string // as in the file; capitals, accents and marks do not matter
	Standing Standing
}

// StatusCount is one value of the status or type column.
type StatusCount struct {
	Role     Role // RoleStatus or RoleType
	Text     []byte
	Rows     uint64
	Standing Standing
	Chosen   bool // by Options.Statuses
}

// The words of statuses and types, after normalise, by what they say; * stands for any end
// of a word, and words of scripts without blanks count anywhere. Sources: the values that
// Shopify, WooCommerce, BigCommerce, Magento, PrestaShop, Stripe, PayPal, Square and Etsy
// document, and how their own translations put them.
const (
	wordsNot = "not|no|non|nicht|un|nao|niet|nie|inte|ej|ikke|degil|не|nie|غير|لم|not yet|partially not|未|미"

	wordsCancelled = "visszamond*|kinansela|kanselado|cancel la*|afturkall*|haett vid|отказано|रद्द|otkazan*|preklican*|atsaukt*|tuhistat*|atcelt*|atsaukt*|отказан*|анулиран*|cancel*|closed lost|void*|abandon*|storn*|abgebrochen|annul*|anul*|geannul*|iptal*|makuler*|avbruten|avbokad|avbestall*|отмен*|аннулир*|交易关闭|交易關閉|已关闭|已關閉|キャンセル|取消|取り消|취소|ملغ|الغاء|cancelad*|deleted|removed|trash|fraud*|محذوف|peruttu*|zruseno|annuller*|batal|dibatalkan|odwolan*|huy|da huy|ยกเลิก|stornovan*|zruseno|zrusena|torol*|lemond*|anulata|anulat|kansellert|peruutettu|ακυρω*|בוטל*|скасован*|لغو"

	wordsRefunded = "egreso|refusion*|refusjon*|ibinalik|dikembalikan|endurgreid*|рефундирано|враћено|dipulangkan|वापस|rucklastschrift*|vraceno|vracena|povrat|tagastat*|atgriezt*|grazint*|върнат*|refund*|re credit*|wiedergutschrift|rechnungskorrektur*|korrekturrechnung*|reimburs*|ruckzahl*|zuruckzahl*|zuruckgezahlt|return|returned|returns|chargeback*|charged back|charge back|reversed|reversal|lost|erstatt*|ruckerstatt*|zuruckerstatt*|retour|retoure*|retourn*|ruckgabe|gutschrift*|rembours*|avoir|reembols*|devol*|devuel*|estorn*|" +
		"rimbors*|reso|restitu*|terugbetaal*|terugbetal*|geretourneerd|creditnota|zwrot*|zwroc*|korekt*|aterbetal*|retur|returnerad|iade*|возврат*|возвращ*|返金|返品|払戻|払い戻|退款|退货|退貨|환불|반품|مسترد|استرداد|مرتجع|ارجاع|credit memo|credit note|creditmemo|nota de credito|nota di credito|kreditnota|kreditfaktura|مسترجع|استرجاع|rto|返送|krediter*|refunder*|palautet*|vracen*|dikembalikan|teruggestort*|tra hang|hoan tien|คืนเงิน|คืนสินค้า|vracen*|visszaterit*|ramburs*|returnat*|refunder*|palautet*|hyvitet*|επιστρ*|זוכ*|הוחזר*|поверн*|pengembalian"

	wordsPartial = "partial*|partly|teilweise|teil|partiel*|parcial*|parzial*|gedeeltelijk|czesciow*|delvis|kismi|частичн*|一部|部分|부분|جزئي"

	wordsUnpaid = "決済処理中|決済中|支払処理中|購入処理中|boleto impresso|boleto gerado|kladde|forfalden*|forfallen*|po splatnosti|nakabinbin|belum dibayar|belum bayar|ogreitt|i bid|неплаћен*|на чекању|tertunggak|लंबित|neplaceno|neplacena|neplacan*|cekanju|tasumata|ootel|neapmaksat*|neapmoket*|gaida|laukia|неплатен*|изчаква*|por pagar|por cobrar|a pagar|da pagare|zu zahlen|te betalen|a payer|do zaplaty|att betala|unpaid|wacht|wachten|wachtend|await*|wait*|pending|hold|onhold|fail*|error*|declin*|deny|denied|reject*|refused|expire*|draft*|incomplete|uncaptured|unfulfilled payment|authori*|require*|verification|blocked|open|unconfirmed|uncollectible|overdue|due|past due|quote|quotation|proposal|disputed|holded|review|" +
		"unbezahlt|ausstehend|offen|fehlgeschlagen|fehler|abgelehnt|abgelaufen|wartend|wartet|warten|uberfallig|angehalten|entwurf|zuruckgestellt|zahlungsausfall|attente|impay*|echou*|echec|refuse*|erreur|brouillon|expir*|" +
		"pendient*|pendente*|espera|falh*|fallid*|fallit*|fallo|rechazad*|recusad*|negad*|impagad*|vencid*|borrador|rascunho|aguardando|disputa|erro|attesa|sospeso|rifiutat*|scadut*|bozza|errore|afwachting|mislukt|geweigerd|openstaand|verlopen|concept|" +
		"oczekuj*|nieudan*|odrzucon*|nieoplacon*|niezaplacon*|wstrzyman*|wygas*|szkic|vantar|vantande|misslyck*|nekad|obetald|utgangen|utkast|bekle*|basarisiz|reddedil*|odenmedi|odenmemis|askida|taslak|ожида*|ошибк*|отклон*|неоплач*|неудач*|просроч*|черновик|" +
		"保留|未払|未入金|未決済|入金待|支払待|支払い待|決済待|手続き中|失敗|エラー|期限切|下書|待付款|待支付|等待付款|待买家付款|待買家付款|未付款|未支付|失败|拒绝|过期|草稿|결제대기|입금대기|입금전|미결제|미입금|대기|실패|거절|만료|معلق|انتظار|فشل|فاشل|مرفوض|منتهي|مسوده|written off|bad debt|nezaplacen*|maksamat*|menunggu|belum|chua thanh toan|queue*|orcamento*|devis|presupuesto*|preventivo|angebot|offerte|scheduled|menunggu|belum bayar|belum dibayar|gagal|cho thanh toan|cho xac nhan|chua thanh toan|รอชำระ|ยังไม่ชำระ|ceka*|nezaplacen*|fuggoben|varakoz*|asteptare|neplatit*|afvent*|avvent*|odottaa|maksamatta|αναμονη|ממתין|очіку*|не оплачен*|در انتظار"

	wordsPaid = "配送中|配達中|輸送中|zaakceptowan*|nakumpleto|kumpleto|naihatid|nabayaran|bayad na|telah dibayar|berjaya|afgeleverd|bezorgd|lliurad*|enviad*|greitt|greidd*|afhent|afgreitt|плаћен*|испоручен*|послат*|завршен*|dihantar|भुगतान|डिलीवर|पूर्ण|выкуплен*|placeno|placena|placan*|zavrsen*|zakljucen*|isporucen*|poslano|dostavljen*|tasutud|taidetud|lopetatud|saadetud|apmaksat*|izpildit*|pabeigt*|piegadat*|apmoket*|ivykdyt*|pristatyt*|issiust*|платен*|изпълнен*|завършен*|изпратен*|vyrizen*|expedovan*|odeslan*|odoslan*|dorucen*|uhrazen*|vybaven*|arrived|showed|for settle|valid|gultig|valido|valida|geldig|acknowledg*|доставля*|finished|seated|for settlement|settling|sold|rebill*|charged|checked out|checked in|stayed|attended|paid|won|gewonnen|gagnee|gagne|ganada|ganado|ganha|ganho|vinta|vinto|wygrana|vunnen|成約|sales order|sale order|sales orders|locked|verkaufsauftrag|bon de commande|pedido de venta|pedido de venda|ordine di vendita|verkooporder|complete*|succe*|settled|captur*|billed|process*|ship*|deliver*|fulfil*|dispatch*|ready|picked*|collected|confirm*|accept*|approved|invoiced|done|active|received|prepar*|pay|ok|fulfillment|posted|partially|" +
		"bezahlt|abgeschlossen|versendet|versandt|verschickt|verschick*|geliefert|zugestellt|erledigt|bearbeitung|bestatigt|erfolgreich|bezahl*|paye*|regle*|termin*|expedi*|livre*|cours|valide*|confirme*|accepte*|reussi*|envoye*|pagad*|pago|paga|enviad*|entregue*|entregad*|separacao|separado|completad*|complet*|procesando|processando|procesad*|conclui*|aprovad*|aprobad*|faturad*|recibid*|recebid*|exito|sucesso|realizad*|atendid*|" +
		"pagat*|spedit*|consegnat*|confermat*|evas*|elaborazione|lavorazione|riuscit*|betaald|voltooid|afgerond|verzonden|geleverd|behandeling|verwerk*|bevestigd|geslaagd|oplacon*|zaplacon*|zrealizowan*|wyslan*|dostarczon*|zakonczon*|realizac*|potwierdzon*|przetwarz*|betald|slutford|skickad|levererad|klar|behandlas|bekraftad|genomford|" +
		"odendi|tamamlan*|kargo*|teslim*|onaylan*|hazirlan*|isleniyor|gonderil*|basarili|оплачен*|оплата получена|выполнен*|заверш*|доставлен*|отправлен*|обработ*|обрабатыв*|подтвержд*|успеш*|получен*|" +
		"支払済|支払い済|入金済|決済済|完了|済み|発送|出荷|配達|確定|処理中|処理済|成功|已付款|已支付|已完成|完成|已发货|已發貨|待发货|待收货|已签收|已收货|处理中|결제완료|입금확인|구매확정|확정|완료|배송|처리중|준비중|مدفوع|مكتمل|تم|تنفيذ|شحن|توصيل|معالجه|ناجح|attending|transit|unfulfilled|unshipped|bearbeitet|versandbereit|zustellung|teillieferung|transito|camino|consegna|listo|lista|pronto|pronta|cobrad*|vigente*|تجهيز|جاهز|確認済|対応済|手続済|手続き済|betalad|betalat|betalt|sendt|levert|leveret|maksettu|toimitettu|zaplacen*|odeslan*|dorucen*|vyrizen*|lunas|selesai|dikirim|dibayar|da thanh toan|hoan thanh|da giao|selesai|dikirim|diproses|lunas|hoan thanh|da giao|dang giao|thanh cong|da thanh toan|สำเร็จ|จัดส่งแล้ว|กำลังจัดส่ง|ที่ต้องจัดส่ง|ชำระแล้ว|vyrizen*|vybaven*|odeslan*|dorucen*|zaplacen*|uhrazen*|dokoncen*|teljesit*|fizetve|kifizetve|szallitva|kezbesitve|finalizat*|livrat*|platit*|incasat*|expediat*|gennemfort|fullfort|sendt|leveret|levert|betalt|toimitettu|maksettu|valmis|ολοκληρ*|εξοφλ*|πληρωθηκε|απεσταλ*|παραδοθηκε|הושל*|שול*|נשלח*|נמסר*|викона*|завершен*|сплачен*|доставлен*|відправлен*|تکمیل|پرداخت شده|ارسال شده"

	wordsGoods = "fulfil*|ship*|pickup|pick|delivery|dispatch*|versand|lieferung|abholung|expedition|livraison|envio|entrega|spedizione|consegna|verzending|wysylk*|leverans|kargo|отправк*|доставк*|発送|出荷|发货|發貨|배송|shipment|collection|対応"

	// wordsRecurring are of gifts that come again: the promise, where its payments have types of their own.
	wordsRecurring = "recurring|sustaining|sustainer"

	// wordsPromised are of gifts that were promised, and wordsInstalment of the payments of these.
	wordsPromised   = "pledge*|zusage*|promesse|promesa|promessa"
	wordsInstalment = "pay|payment|payments|cash|check|cheque|instalment|installment|zahlung|rate|versement|pago|pagamento"

	// wordsClosed say of an invoice that nothing is left to pay, and of a till's sale that it is done.
	wordsClosed = "closed|geschlossen|cloture|cloturee|ferme|fermee|cerrado|cerrada|fechado|fechada|chiuso|chiusa|gesloten|zamkniete|zamkniety|stangd|kapali|kapandi|закрыт|закрыто|закрыта|مغلق"

	wordsInvoice = "invoice*|rechnung*|facture*|factura*|fatura*|fattur*|factuur|faktur*|счет*|請求書|发票|فاتوره"

	wordsSale = "ingreso|auftrag|auftrage|boleta*|reservation*|booking*|stay|reserva*|buchung*|prenotazion*|boeking*|rezerwacj*|rezervasyon*|бронир*|予約|预订|예약|gift|spende*|donaci*|doacao|doacoes|donazion*|sale*|order*|payment*|charge*|purchase*|checkout|subscription*|transaction|donation|pos|receipt|verkauf*|bestellung*|zahlung*|handyzahlung*|mobilzahlung*|kartenzahlung*|expresszahlung*|onlinezahlung*|barzahlung*|kauf|vente*|commande*|paiement*|achat*|venta*|pedido*|pago*|compra*|venda*|pagamento*|vendit*|ordin*|acquist*|verkoop*|bestelling*|betaling*|aankoop|sprzedaz*|zamowien*|platnosc*|zakup*|forsaljning*|" +
		"bestallning*|betalning*|kop|satis*|siparis*|odeme*|продаж*|заказ*|оплат*|покупк*|売上|販売|注文|支払|销售|订单|付款|판매|주문|결제|بيع|مبيعات|طلب|دفع|cash|check|cheque|checks|cheques|stock|pay|recurring|renewal|renewals|rebill|initial|one time|onetime"

	// wordsSettled say that the money is there, whatever the order waits for: "on backorder (paid)".
	wordsSettled = "settled|captured|paid|bezahlt|paye|payee|pagado|pagada|pagato|pagata|betaald|betald|betalt|zaplaceno|oplacone"

	// wordsBought are kinds of what was bought, as a column of types has them: service, product.
	wordsBought = "service|services|product|products|package|membership|class|classes|item|goods|retail|rental|course|workshop|ticket|dienstleistung*|produkt*|artikel|ware|waren|paket|mitgliedschaft|kurs|" +
		"prestation|prestations|produit*|forfait|article|articles|servicio*|producto*|paquete|articulo*|servico*|produto*|pacote|artigo*|servizi*|prodott*|articol*|dienst|diensten|usluga|uslugi|towar|tjanst*|urun|hizmet|" +
		"услуга|услуги|товар|товары|サービス|商品|製品|服务|服務|产品|產品|서비스|상품|خدمه|منتج"

	// wordsSold say by themselves, as a status, that there was a sale.
	wordsSold = "settlement|sale|sales|charge|purchase|renewal|verkauf|vente|achat|venta|compra|venda|vendita|verkoop|sprzedaz|satis|продажа|売上|販売|销售|판매|بيع"

	wordsPayment = "payment*|zahlung*|paiement*|pago*|pagamento*|betaling*|platnosc*|betalning*|odeme*|оплат*|платеж*"

	wordsNotOrder = "tip|tips|gratuity|gratuities|trinkgeld*|pourboire*|propina*|gorjeta*|mancia|mance|fooi|fooien|napiw*|dricks|bahsis|чаевые|チップ|小费|팁|بقشيش|اكراميه|anzahlung*|kaution*|pfand*|acompte*|arrhes|caution|anticipo*|senal|fianza|caparra|acconto|aanbetaling*|borg|zaliczk*|kaucj*|handpenning|kapora|depozito|предоплат*|задат*|залог|депозит|手付金|保証金|预付款|押金|定金|예약금|보증금|عربون|تامين|pledge*|zusage*|payout*|transfer*|withdraw*|fee|fees|conversion|adjustment*|reserve*|deposit|deposits|top up|topup|quote*|estimate*|offer|proforma|pro forma|expense*|journal|bill payment|tax|shipping label*|label|balance|loan|interest|hold|release|advance|application|service fee|subscription fee|advertising|marketing|listing|" +
		"udbetaling*|auszahlung*|abbuchung*|uberweisung*|umrechnung*|wahrungsumrechnung*|einbehalt*|guthaben|retiro*|retirada*|retenu*|conversione|gebuhr*|angebot*|einzahlung*|virement*|frais|devis|retrait*|transferencia*|comision*|presupuesto*|cotizacion*|saque*|tarifa*|orcamento*|trasferiment*|preliev*|commission*|preventiv*|uitbetaling*|overboeking*|kosten|offerte*|wyplat*|przelew*|oplata|oferta*|utbetalning*|overforing*|avgift*|offert*|transfer|havale|ucret*|teklif*|перевод*|выплат*|комисси*|出金|振込|手数料|見積|提现|转账|手续费|报价|출금|이체|수수료|견적|تحويل|سحب|رسوم|عرض سعر"

	// wordsVisit are of events before an order, and beside it: GA4's, Segment's, Klaviyo's, those of a shop's log.
	wordsVisit = "view|viewed|pageview|visit*|session*|click*|scroll|impression*|cart|wishlist|login|signup|sign up|begin checkout|started checkout|checkout started|product added|ordered product|search*"
)

// wordsExtra are lines of an order beside its goods.
const wordsExtra = "shipping|postage|freight|delivery|handling|tax|taxes|sales tax|vat|gst|discount|discounts|coupon|promotion|versand|versandkosten|porto|steuer|mwst|rabatt|livraison|frais de port|tva|remise|envio|impuesto|iva|descuento|frete|imposto|desconto|spedizione|sconto|verzending|verzendkosten|btw|korting|wysylka|rabat|frakt|moms|kdv|indirim|доставка|налог|скидка|送料|税|割引|运费|運費|折扣|배송비|할인|شحن|ضريبه|خصم"

// wordsNoShow say that somebody did not come: whether that was charged is asked, as the file does not tell.
const wordsNoShow = "absent|absente|ausente|assente|no show|no shows|noshow|did not show|nicht erschienen|non presente|ne s est pas presente|no presentado|no se presento|no asistio|nao compareceu|nao compareceram|non presentato|non si e presentato|niet verschenen|niet gekomen|nie przyszedl|nie przyszla|nieobecnosc|uteblev|gelmedi|не пришел|не пришла|неявка|未到店|노쇼|لم يحضر"

// wordsDone say of a refund that the money went back, wordsUndone that it did not, or not yet.
const (
	wordsDone   = "approved|accepted|complet*|succe*|done|closed|yes|genehmigt|akzeptiert|abgeschlossen|accepte*|termine*|aprobad*|aprovad*|concluid*|成功|完成|完了|已同意|승인|완료"
	wordsUndone = "requested|requesting|request|process*|progress|none|中|关闭|關閉|申请|申請|요청"
)

// saysRefunded reports whether the cell of a column that is named for the status or the day of a refund says that the order was refunded.
func saysRefunded(text []byte) bool {
	if _, ok := parseDate(text, MonthFirst); ok {
		return true
	}
	w, name := wordsOf(text), normalise(text)
	if w.not || w.cancelled || w.unpaid || w.partial {
		return false
	}
	return says(name, wordsDone) || w.refund && !says(name, wordsUndone)
}

// statusWords are what the words of one text say.
type statusWords struct {
	not, cancelled, refund, partial, unpaid, paid, settled, goods, invoice, sale, payment, visit, notOrder bool
}

func (w *statusWords) any() bool {
	return w.cancelled || w.refund || w.unpaid || w.paid || w.invoice || w.sale || w.notOrder
}

func wordsOf(text []byte) (w statusWords) {
	name := normalise(text)
	w.not = says(name, wordsNot)
	w.cancelled, w.refund, w.partial = says(name, wordsCancelled), says(name, wordsRefunded), says(name, wordsPartial)
	w.unpaid, w.paid, w.goods = says(name, wordsUnpaid), says(name, wordsPaid), says(name, wordsGoods)
	w.invoice, w.sale = says(name, wordsInvoice), says(name, wordsSale)
	w.settled, w.visit = says(name, wordsSettled), says(name, wordsVisit)
	w.payment, w.notOrder = says(name, wordsPayment), says(name, wordsNotOrder)
	return w
}

// says reports whether name holds one of the words of a list.
func says(name []byte, list string) bool {
	for len(list) > 0 {
		var word string
		word, list = nextName(list)
		last := word[len(word)-1]
		switch {
		case last == '*':
			if hasStem(name, word[:len(word)-1]) {
				return true
			}
		case word[0] >= 0xD8: // Arabic, with what is written before a word, and scripts without blanks
			if contains(name, word) {
				return true
			}
		case hasWord(name, word):
			return true
		}
	}
	return false
}

// hasStem reports whether a word of name begins with stem.
func hasStem(name []byte, stem string) bool {
	for i := 0; i+len(stem) <= len(name); i++ {
		if (i == 0 || name[i-1] == ' ') && string(name[i:i+len(stem)]) == stem {
			return true
		}
	}
	return false
}

func noShow(text []byte) bool { return says(normalise(text), wordsNoShow) }

// statusOf is what the text of a status column means.
func statusOf(text []byte) Standing {
	w := wordsOf(text)
	switch {
	case noShow(text):
		return StandingUnknown
	case modeOf(normalise(text)) == testOrNot:
		return StandingNotOrder
	case w.cancelled && !w.not, string(normalise(text)) == "lost": // a deal
		return StandingCancelled
	case w.refund && (w.partial || w.not): // the rest was paid; how much went back stands elsewhere
		return StandingPaid
	case w.refund:
		return StandingRefunded
	case (w.unpaid || w.not) && w.goods && !w.payment: // it waits to be sent
		return StandingPaid
	case w.unpaid && w.settled && !w.not && !w.partial: // it waits for something else
		return StandingPaid
	case w.unpaid, w.not && w.paid:
		return StandingUnpaid
	case w.paid || w.partial, listed(wordsSold, normalise(text)):
		return StandingPaid
	}
	return StandingUnknown
}

// typeOf is what the text of a type column means. Where the file has invoices, the payments
// of invoices are not sales again.
func typeOf(text []byte, invoices bool) Standing {
	w := wordsOf(text)
	name := normalise(text)
	switch {
	case w.cancelled && !w.not:
		return StandingCancelled
	case w.refund, string(name) == "credit":
		return StandingRefund
	case w.invoice && !hasStem(name, "pro"): // an invoice pro forma
		return StandingPaid
	case says(name, wordsPromised) && says(name, wordsInstalment):
		return StandingPaid
	case w.notOrder, w.visit, string(name) == "bill":
		return StandingNotOrder
	case invoices && w.payment:
		return StandingNotOrder
	case w.sale || w.paid || says(name, wordsBought):
		return StandingPaid
	case w.unpaid:
		return StandingUnpaid
	}
	return StandingUnknown
}

const (
	maxStatus   = 64 // bytes of a status; a longer text is none
	maxStatuses = 64 // different ones that are counted
)

// statusTable counts the values of a column and knows how each is taken.
type statusTable struct {
	counts   []StatusCount
	last     int    // the value of the row before
	overflow uint64 // rows of values beyond those counted
}

// of is how the text is taken; judge is asked once for each value.
func (t *statusTable) of(text []byte, judge func([]byte) (Standing, bool)) Standing {
	if len(text) == 0 {
		return StandingPaid
	}
	if t.last < len(t.counts) && string(t.counts[t.last].Text) == string(text) {
		t.counts[t.last].Rows++
		return t.counts[t.last].Standing
	}
	for i := range t.counts {
		if string(t.counts[i].Text) == string(text) {
			t.last = i
			t.counts[i].Rows++
			return t.counts[i].Standing
		}
	}
	standing, chosen := judge(text)
	if len(t.counts) == maxStatuses || len(text) > maxStatus {
		t.overflow++
		return standing
	}
	t.last = len(t.counts)
	t.counts = append(t.counts, StatusCount{Text: append([]byte(nil), text...), Rows: 1, Standing: standing, Chosen: chosen})
	return standing
}

// report is the values with their role, the most frequent first.
func (t *statusTable) report(role Role) []StatusCount {
	for i := range t.counts {
		t.counts[i].Role = role
		for k := i; k > 0 && t.counts[k].Rows > t.counts[k-1].Rows; k-- {
			t.counts[k], t.counts[k-1] = t.counts[k-1], t.counts[k]
		}
	}
	return t.counts
}

// judgeStatus is how a text of the status column is taken.
func (r *Reader) judgeStatus(text []byte) (Standing, bool) {
	if s, ok := r.ruled(text); ok {
		return s, true
	}
	s := statusOf(text)
	if r.numbered != nil {
		s = r.numbered.standing(text)
		r.codes += whole(!r.numbered.fixed)
	}
	switch {
	case s == StandingUnknown && (r.ofDocuments || r.closedIsPaid) && says(normalise(text), wordsClosed):
		s = StandingPaid
	case s == StandingUnknown && r.guessed[0] && !noShow(text):
		r.codes++
		s = StandingPaid
	}
	if r.refundedHere != "" && listed(r.refundedHere, normalise(text)) {
		s = StandingRefunded
	}
	switch {
	case r.opts.KeepCancelled && s != StandingRefund, r.opts.KeepUnpaid && s == StandingUnpaid:
		s = StandingPaid
	}
	return s, false
}

// judgeType is how a text of the type column is taken.
func (r *Reader) judgeType(text []byte) (Standing, bool) {
	if s, ok := r.ruled(text); ok {
		return s, true
	}
	if r.lineTypes && r.lineHeads && !headLine(text) {
		return StandingNotOrder, false
	}
	if name := normalise(text); r.lineTypes && !r.lineHeads && (says(name, lineWords) || says(name, wordsExtra)) && !wordsOf(text).refund { // the lines are all that there is of an order
		return StandingPaid, false
	}
	s := typeOf(text, r.invoices)
	if r.deposits && s == StandingNotOrder {
		r.codes++
		return StandingPaid, false
	}
	if r.documents != nil {
		s = r.documents.of(codeOf(nil, text))
	}
	if s == StandingCancelled && r.negative { // the row of a reversal, not the order that it takes back
		s = StandingRefund
	}
	if s != StandingRefund && s != StandingCancelled && saysGift(text) {
		s = StandingNotOrder
		if r.opts.KeepGiftCards {
			s = StandingPaid
		}
	}
	switch name := normalise(text); {
	case s == StandingPaid && r.invoiced && listed(wordsOrder, name):
		s = StandingNotOrder
	case s == StandingPaid && r.charged && wordsOf(text).payment && !listed(wordsCharge, name):
		s = StandingNotOrder
	case s == StandingRefund && r.paidBack && !r.negative && listed(wordsPaidBack, name):
		s = StandingNotOrder
	case s == StandingPaid && r.instalments && says(name, wordsRecurring) && !says(name, wordsInstalment):
		s = StandingNotOrder
	case s == StandingUnknown && r.eventLog:
		s = StandingNotOrder
	case s == StandingUnknown && r.guessed[1]:
		r.codes++
		s = StandingPaid
	}
	return s, false
}

// headLine reports whether the type of a line is that of an order's head.
func headLine(text []byte) bool {
	w := wordsOf(text)
	return (w.sale || w.invoice || w.refund) && !w.payment && !says(normalise(text), lineWords)
}

// judgeSecond is how a text of the other column of statuses is taken: it can take an order back, or a payment say that
// it is open.
func (r *Reader) judgeSecond(text []byte) (Standing, bool) {
	s, chosen := r.judgeStatus(text)
	if !chosen && (s == StandingUnknown || s == StandingUnpaid && !r.paysHere[1]) {
		s = StandingPaid
	}
	return s, chosen
}

// second joins what the other column of statuses says to what the first one does.
func (r *Reader) second(buf []byte, s Standing) Standing {
	text := r.field(buf, r.layout.status2)
	t := r.statuses2.of(text, r.judgeSecond)
	switch {
	case s == StandingPaid, s == StandingUnknown && t != StandingPaid, s == StandingUnpaid && t == StandingCancelled:
		return t
	case s == StandingUnpaid && t == StandingPaid && r.paysHere[1] && !r.paysHere[0] && statusOf(text) == StandingPaid:
		return StandingPaid // an open order that is paid
	}
	return s
}

// ruled looks for the text in Options.Statuses.
func (r *Reader) ruled(text []byte) (Standing, bool) {
	var name []byte
	for _, rule := range r.opts.Statuses {
		if rule.Text == string(text) {
			return rule.Standing, true
		}
		if name == nil {
			name = normalise(text)
		}
		if len(name) > 0 && string(normalise([]byte(rule.Text))) == string(name) {
			return rule.Standing, true
		}
	}
	return 0, false
}

// standing reads the status, type and cancellation of a row.
func (r *Reader) standing(buf []byte) (Standing, Reason) {
	if r.layout.status < 0 && r.layout.cancelled < 0 && r.layout.kind < 0 && r.layout.test < 0 && r.layout.trial < 0 && r.layout.dispute < 0 {
		return StandingPaid, NumReasons
	}
	s := StandingPaid
	if r.layout.kind >= 0 {
		v, _, _ := parseNumber(r.field(buf, r.layout.amount), r.report.Decimal)
		r.negative = v < 0
		s = r.types.of(r.field(buf, r.layout.kind), r.judgeType)
	}
	if r.layout.status >= 0 && s != StandingNotOrder {
		text := r.field(buf, r.layout.status)
		if t := r.statuses.of(text, r.judgeStatus); t != StandingPaid && (s == StandingPaid || s == StandingRefund && t != StandingRefunded && t != StandingUnknown && !owed(text)) {
			s = t
		}
	}
	if r.layout.status2 >= 0 && s != StandingNotOrder && s != StandingRefund {
		s = r.second(buf, s)
	}
	if r.isTest(r.field(buf, r.layout.test)) || affirmed(r.field(buf, r.layout.trial)) {
		s = StandingNotOrder
	}
	if s == StandingPaid && r.lostDispute(r.field(buf, r.layout.dispute)) && !affirmed(r.field(buf, r.layout.won)) {
		s = StandingRefunded
	}
	if s == StandingPaid || s == StandingRefunded || s == StandingUnknown {
		if !r.opts.KeepCancelled && affirms(r.field(buf, r.layout.cancelled)) {
			s = StandingCancelled
			if r.refundedFully {
				s = StandingRefunded
			}
		}
	}
	switch s {
	case StandingCancelled:
		return s, ReasonCancelled
	case StandingUnpaid:
		return s, ReasonUnpaid
	case StandingNotOrder:
		return s, ReasonNotOrder
	case StandingUnknown:
		return s, ReasonUnknownStatus
	}
	return s, NumReasons
}

// lostDispute reports whether a cell says that the money of an order went back to who disputed it: yes, or that the dispute was lost.
func (r *Reader) lostDispute(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	yes, ok := flagOf(text)
	return yes || !ok && says(normalise(text), "lost|verloren|perdu|perdue|perdida|perdido|persa|perso|przegrany|敗訴|败诉")
}

// owed reports whether a status says of a document that it is open: a credit note that is not paid out takes the sale back all the same.
func owed(text []byte) bool {
	return says(normalise(text), "await*|open|due|overdue|unpaid|offen|unbezahlt|uberfallig|impaye*|attente|pendient*|pendente*|vencid*|aperto|scadut*|openstaand|未払|未入金|未付款|مستحق")
}

// flagOf reads yes or no in the languages of exports; ok is false for anything else.
func flagOf(b []byte) (yes, ok bool) {
	if len(b) == 0 || len(b) > 12 {
		return false, false
	}
	name := normalise(b)
	if len(name) == 0 {
		return false, string(b) == "-"
	}
	if mode := modeOf(name); mode != noTests {
		return mode == testOrNot, true
	}
	if listed("1|1 0|yes|y|true|t|ja|oui|si|sim|tak|evet|да|نعم|はい|是|예|on|x|vrai|wahr|verdadero|verdadeiro|vero|waar|prawda|sant|dogru|истина|refunded|full|fully refunded", name) {
		return true, true
	}
	return false, listed("0|0 0|na|n a|no|n|false|f|nein|non|nao|nie|nee|nej|hayir|нет|لا|いいえ|否|아니요|아니오|null|none|nan|off|faux|falsch|falso|onwaar|falsz|falskt|yanlis|ложь", name)
}

// inFull reports whether a cell of a column about refunds says that all of it went back.
func inFull(text []byte) bool {
	return len(text) <= maxStatus && says(normalise(text), "full|fully|voll|vollstandig|ganz|totale|totalement|integral|integrale|completo|completa|totalmente|volledig|calkowity|calkowicie|pelny|hela|tam|tamami|полный|полностью|كامل|كليا|全額|全额|전액") && !wordsOf(text).not
}

// affirmed reports whether a cell says yes.
func affirmed(b []byte) bool {
	yes, _ := flagOf(b)
	return yes
}

// affirms reports whether a cell of a "cancelled at" or "cancelled" column says
// so: anything but an explicit no.
func affirms(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	yes, ok := flagOf(b)
	return yes || !ok
}

// wordsDeposit are what customers pay in ahead of the rest, as part of the types that are no order beside others.
const wordsDeposit = "deposit|deposits|einzahlung*|anzahlung*|acompte*|arrhes|anticipo*|senal|acconto|aanbetaling*|storting*|zaliczk*|wplat*|handpenning|insattning*|kapora|предоплат*|入金|手付金|预付款|定金|예약금|عربون"

// depositsAlone reports whether every row is one.
func (c *columnStats) depositsAlone() bool {
	return c.deposits >= leastAlike && c.deposits == len(c.values)
}

const leastAlike = 5 // rows of one type that say what the log is of
