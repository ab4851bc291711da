package orders

import "unicode/utf8"

// meaning is a set of concepts: what the words of a column's name say.
type meaning uint64

// Concepts that the names of columns are made of.
const (
	ofCustomer meaning = 1 << iota
	ofUnique
	ofID
	ofEmail
	ofPhone
	ofName
	ofPart // first, last: of a name or of a date
	ofOrder
	ofDocument // invoice, receipt, transaction
	ofPayment
	ofDate
	ofClock
	ofCreation
	ofOtherDay // of an order's later life, or of something else
	ofAmount
	ofTotal
	ofSub
	ofSales
	ofSpent // a customer's past: a list of customers says it
	ofPrice
	ofUnit
	ofLine
	ofQuantity
	ofTax
	ofShipping
	ofDiscount
	ofFee
	ofRefund
	ofCost
	ofMeasure
	ofWith    // tax included, gross
	ofWithout // tax excluded, net
	ofStatus
	ofState // a status in some files, a region in others
	ofType
	ofCurrency
	ofConverted
	ofCancelled
	ofPlace
	ofOthers // sellers, staff, suppliers
	ofOther  // anything else that a file says of an order
	ofFormatted
	ofTo
	ofDue     // a day before which something is to happen, or of somebody's life
	ofPayout  // what a platform hands on of what the customer paid
	ofNothing // words that say nothing by themselves
)

// concept is the words of one meaning, folded, parted by blanks: English, German, French,
// Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Turkish, Russian, Arabic, Japanese,
// Chinese and Korean; in a line of their own Indonesian, Vietnamese, Thai, Czech and Slovak, Hungarian,
// Romanian, Danish and Norwegian, Finnish, Greek, Hebrew, Ukrainian and Persian. A word may stand in several. Words that a
// language writes together ("Bestelldatum", "orderdate", 注文日) are found by their parts, two that it writes apart
// ("khách hàng", "card code") as they stand here, joined.
type concept struct {
	meaning meaning
	words   string
}

var vocabulary = [...]concept{
	{ofCustomer, "receptor receptora rider riders passenger passengers fahrgast gast gaste passager passagers pasajero passageiro passeggero partnerid partnername контрагент контрагента контрагенты 对方 對方 customer customers cust client clients buyer buyers user users member account shopper donor patron consumer contact household subscriber payer visitor profile loyalty debtor debitor constituent patient guest razon razao ragione " +
		"kunde kunden kundin kaufer besteller mitglied benutzer nutzer acheteur adherent utilisateur cliente clientes comprador compradora usuario socio comprador assinante " +
		"acquirente utente socio compratore klant klanten koper gebruiker lid klient klienta klienci kupujacy kupujacego nabywca nabywcy uzytkownik kund kunder kopare medlem anvandare " +
		"musteri musterinin alici uye kullanici клиент клиента клиенты покупатель покупателя заказчик заказчика пользователь пользователя " +
		"عميل عملاء زبون زبائن مشتري مستخدم عضو 顧客 お客様 お客 客様 会員 購入者 注文者 受注者 ユーザー ユーザ 客户 客戶 顾客 买家 買家 会员 會員 用户 用戶 고객 회원 구매자 주문자 사용자"},
	{ofUnique, "unique eindeutig einmalig unico unica уникальный 唯一"},
	{ofID, "partnerid id ids no nr num number numbers code key ref reference identifier identity guid uuid n nummer nummern kennung schlussel schluessel kodex numero numeros identifiant reference codigo clave identificador referencia referencia chave " +
		"codice identificativo riferimento kenmerk numer numeru identyfikator kod kodu referens numara numarasi номер номера код идентификатор ид " +
		"رقم معرف كود رمز 番号 コード 识别 编号 編號 号码 號碼 号 번호 코드 아이디"},
	{ofEmail, "email emails mail emailaddress courriel correo posta poczta epost eposta eposti почта почты емейл بريد ايميل メール メールアドレス 邮箱 邮件 電子郵件 电子邮件 电邮 郵箱 이메일 메일"},
	{ofPhone, "phone telephone tel mobile cell cellphone telefon telefonnummer handy mobil mobilnummer telephone portable telefono movil celular telefone telemovel cellulare telefoon mobiel telefonu komorka mobiltelefon cep " +
		"телефон телефона هاتف جوال موبايل 電話 携帯 电话 電話 手机 전화 휴대폰 연락처"},
	{ofName, "partnername name names fullname razon razao ragione surname firstname lastname forename username namen vorname nachname nom prenom nombre nombres apellido apellidos nome sobrenome cognome naam voornaam achternaam nazwa nazwisko imie namn fornamn efternamn " +
		"isim isimi adi soyadi имя фио фамилия наименование اسم 氏名 名前 名 姓 姓名 名称 名稱 名字 이름 성명 이름"},
	{ofPart, "first last vorname nachname firstname lastname forename surname prenom apellido apellidos sobrenome cognome voornaam achternaam imie nazwisko fornamn efternamn soyadi фамилия " +
		"erste letzte premier premiere dernier derniere primera primero ultima ultimo primeira primeiro prima primo eerste laatste pierwsze ostatnie forsta senaste ilk son первый последний اول اخر 初回 最終 首次 最后 최초 최종"},
	{ofOrder, "order ordering purchase purchases purchased booking basket cart bestellung bestellungen bestell bestellnr auftrag auftrags kauf commande commandes achat achats cde pedido compra encomenda ordine ordini acquisto acquisti " +
		"bestelling bestellingen bestel aankoop zamowienie zamowienia zamowien zakup zakupu bestallning kop kopet siparis siparisi siparisin alisveris " +
		"заказ заказа заказы заказов покупка покупки طلب الطلب طلبيه شراء 注文 受注 ご注文 購入 订单 訂單 下单 下單 购买 購買 주문 구매"},
	{ofDocument, "comprobante comprobantes invoice invoices receipt transaction transactions transact charge deal document doc voucher bill ticket trx txn rechnung rechnungs rechnungen beleg belegs vorgang transaktion transaktions quittung bon buchung buchungs " +
		"facture factures recu transaction ticket piece factura facturas fatura faturas recibo transaccion transacao nf fattura ricevuta scontrino documento transazione factuur bon transactie document faktura faktury paragon transakcja transakcji dokument dokumentu rachunek " +
		"kvitto transaktion fis fatura islem belge чек счет счета транзакция транзакции документ накладная فاتوره ايصال معامله عمليه 請求 請求書 取引 伝票 領収 レシート 发票 發票 交易 流水 单据 單據 송장 거래 영수증 청구"},
	{ofPayment, "payment payments paid pay financial zahlung zahlungs zahl bezahlt bezahlung gezahlt paiement paiements paye payee regle reglement pago pagos pagado pagada pagamento pagamentos pago pagato pagata versato betaling betaald betaal platnosc platnosci zaplacono zaplacona oplacono betalning betalnings betald odeme odenen odendi оплата оплаты оплачено платеж платежа " +
		"دفع مدفوع 支払 支払い お支払い 入金 決済 付款 支付 实付 實付 收款 결제 입금 지불"},
	{ofDate, "date dates dt dte at on day timestamp datum datums tag zeitpunkt zeitstempel jour fecha dia data giorno dag dato tarih tarihi дата даты день تاريخ يوم 日付 日時 日付け 日 年月日 日期 时间 時間 日期 日時 날짜 일자 일시 일 시각"},
	{ofClock, "time hour uhrzeit zeit heure hora ora uur tijd godzina czas tid saat saati время ساعه وقت 時刻 時間 时间 시간"},
	{ofCreation, "bestellt commandee 発生 計上 created create creation placed ordered processed erstellt angelegt eingegangen aufgegeben cree creee creation passee creado creada creacion realizado criado criada criacao creato creata creazione effettuato aangemaakt geplaatst utworzono utworzenia zlozenia skapad skapat lagd olusturulma olusturma olusturuldu создан создания оформления принят انشاء 作成 作成日 登録 创建 建立 創建 생성 등록"},
	{ofOtherDay, "updated modified changed due birth birthday dob expiry expires expiration expected estimated delivered delivery signup registered registration joined start end begin deposit fulfilled approved closed available active seen login since valid posting settled settlement " +
		"geandert aktualisiert fallig falligkeit geburt geburts geburtstag ablauf liefer lieferung geliefert registriert modifie echeance naissance livraison livree inscription expiration actualizado modificado vencimiento nacimiento entrega entregado registro cadastro vencimento nascimento entregue atualizado aggiornato modificato scadenza nascita consegna consegnato registrazione " +
		"gewijzigd bijgewerkt verval vervaldatum geboorte levering geleverd zmiany modyfikacji termin urodzenia dostawy rejestracji uppdaterad andrad forfallo fodelse leverans guncelleme vade dogum teslim teslimat kayit обновлен изменен срок рождения доставки доставка регистрации تحديث تعديل استحقاق ميلاد تسليم تسجيل 更新 変更 期限 誕生日 生年月日 生日 配達 配送 発送 到着 出荷 更新 修改 到期 出生 送达 发货 發貨 注册 수정 만료 생년월일 배송 발송 가입"},
	{ofAmount, "amount amounts amt value sum betrag betrags summe wert montant importe monto valor importo ammontare valore somma bedrag waarde kwota kwoty wartosc belopp belop summa varde tutar tutari miktar bedeli сумма суммы стоимость итого مبلغ قيمه 金額 額 代金 料金 价款 金额 款 额 금액 액"},
	{ofTotal, "价税合计 價稅合計 total totals grand extended ext gesamt gesamtsumme endsumme summe totale totaux totales totaal somme suma razem lacznie lacznej ogolem totalt totalsumma summa toplam toplami genel итого всего общая итоговая اجمالي مجموع كلي 合計 総額 総計 総合計 総 总 总额 總額 總計 总计 合计 合計 共计 총 합계 총액"},
	{ofSub, "sub subtotal subtotals zwischensumme sous soustotal parcial subtotale subtotaal delsumma posrednia ara промежуточный فرعي 小計 小计 소계"},
	{ofTotal, "subtotal subtotals zwischensumme soustotal subtotale subtotaal delsumma 小計 小计 소계"},
	{ofSales, "donation donations spende spenden donacion donaciones doacao doacoes donazione donazioni darowizna sales sale revenue turnover gmv income umsatz umsatze erlos erlose verkauf verkaufs verkaufe vente ventes chiffre ca venta ventas ingresos facturacion facturado venda vendas receita faturamento vendita vendite fatturato ricavi ricavo incasso omzet verkoop verkopen sprzedaz sprzedazy przychod obrot forsaljning omsattning intakt satis satislar ciro gelir hasilat продажа продажи продаж выручка оборот مبيعات ايراد ايرادات بيع 売上 売上高 販売 销售 銷售 营业 营收 매출 판매"},
	{ofSpent, "spent spend spending lifetime ltv clv monetary ausgegeben ausgaben depense depenses gastado gasto speso spesa besteed wydano spenderat harcama harcanan потрачено انفاق 累計 消费 消費"},
	{ofPrice, "price prices preis preise prix tarif precio precios preco prezzo prijs prijzen cena ceny pris priser fiyat fiyati цена цены سعر ثمن 価格 値段 単価 价格 單價 单价 价 가격 단가"},
	{ofUnit, "unit each per single stuck einzel einheit unitaire unite unitario unitaria unidad unidade unitario unita stuks stuk eenheid jednostkowa jednostka sztuka enhet styck birim adet единицу единица шт штуку وحده 単価 单价 單價 단가"},
	{ofLine, "line lines row item product products article articles sku variant lineitem lineitems artikel position positionen produkt produkte produit produits articulo articulos producto productos produto produtos linea linha articolo prodotto prodotti riga regel product pozycja pozycji produktu towar towaru artikeln rad vara produkten urun urunun kalem satir товар товара товары позиция позиции строка артикул منتج بند صنف 商品 品目 明細 製品 品番 商品名 产品 產品 品项 명세 상품 제품 품목"},
	{ofQuantity, "quantity quantities qty units pcs pieces menge stuckzahl anzahl quantite qte cantidad cant unidades quantidade qtd qtde quantita qta aantal hoeveelheid ilosc liczba antal kvantitet adet adedi miktari количество кол колво كميه عدد 数量 個数 点数 件数 數量 수량 개수"},
	{ofTax, "无税 無稅 tax taxes vat gst hst pst mwst ust steuer steuern mehrwertsteuer umsatzsteuer taxe tva iva impuesto impuestos imposto impostos icms imposta tasse btw belasting podatek podatku vat ptu moms skatt kdv vergi налог ндс ضريبه 税 税額 消費税 税込 税込み 税抜 税別 税金 税费 增值税 含税 未税 不含税 稅 세금 부가세 " +
		"ttc ht"},
	{ofShipping, "shipping ship shipment shipped freight postage handling dispatch fulfillment fulfilment delivery versand versandkosten fracht porto lieferkosten liefer livraison expedition port envio envios flete gastos frete entrega spedizione consegna trasporto verzending verzend verzendkosten bezorg levering wysylka wysylki dostawa dostawy przesylka frakt leverans kargo nakliye teslimat gonderim доставка доставки доставку شحن توصيل 送料 配送料 配送 配達 発送 運賃 出荷 运费 運費 快递 物流 发货 收货 배송비 배송 운송"},
	{ofDiscount, "discount discounts coupon coupons promo promotion promotions rebate markdown rabatt rabatte gutschein nachlass aktion remise remises reduction rabais descuento descuentos cupon desconto descontos cupom sconto sconti coupon korting kortingen kupon rabat rabatu znizka rabatt indirim kuponu скидка скидки купон خصم تخفيض كوبون 割引 値引 値引き クーポン 折扣 优惠 優惠 할인 쿠폰"},
	{ofFee, "tarifa tarifas tariffa tariffe cargo cargos fee fees commission tip tips gratuity gebuhr gebuhren provision trinkgeld frais commission pourboire comision comisiones propina taxa taxas comissao gorjeta commissione commissioni mancia kosten commissie fooi oplata oplaty prowizja napiwek avgift avgifter provision dricks ucret komisyon bahsis комиссия сбор чаевые رسوم عموله 手数料 チップ 手续费 手續費 佣金 服务费 수수료 팁"},
	{ofRefund, "refund refunds refunded return returned returns reimbursed chargeback erstattet erstattung erstattungs ruckerstattet ruckerstattung ruckgabe retoure gutschrift rembourse remboursee remboursement retour avoir reembolso reembolsado reembolsada devuelto devolucion devolvido devolucao estorno rimborso rimborsato rimborsata reso terugbetaald terugbetaling zwrot zwrotu zwrocono zwroty aterbetalning aterbetald aterbetalt retur teruggestort iade iadesi возврат возвращено возврата استرداد مسترد مسترجع استرجاع مرتجع 返金 返品 払戻 返金額 退款 退货 退貨 환불 반품"},
	{ofCost, "cost costs profit margin cogs kosten einkauf einkaufspreis gewinn marge cout couts benefice coste costo costos ganancia margen custo custos lucro margem costi utile margine profitto winst koszt zysk marza kostnad vinst marginal maliyet kar себестоимость прибыль маржа تكلفه ربح هامش 原価 利益 粗利 成本 利润 毛利 원가 이익 마진"},
	{ofMeasure, "rate percent percentage count orders items points score weight balance outstanding remaining ratio days age rank stock inventory available height width volume saldo prozent gewicht punkte bestand taux pourcentage nombre poids solde porcentaje tasa conteo peso puntos saldo porcentagem pontos contagem percentuale punti conteggio conto percentage gewicht punten procent waga punkty punkter vikt yuzde puan agirlik процент вес баллы остаток نسبه نقاط وزن رصيد 率 割合 ポイント 重量 残高 回数 点 积分 比例 余额 次数 비율 포인트 무게 잔액 횟수 orderscount"},
	{ofWith, "价税合计 價稅合計 with inc incl including included includes gross brutto inkl einschliesslich inbegriffen ttc compris comprise bruto con incluido incluida inclus inclusive inclusief incluso inclusa lordo lorda com bruta zawiera zawierajacy wlacznie inklusive brut dahil с включая شامل شامله 税込 税込み 込 含税 含 포함"},
	{ofWithout, "无税 無稅 without ex excl excluding excluded excludes net netto exkl ohne ausschliesslich zzgl ht hors neto imponible imponibile tributable sin excluido exclusive exclusief escluso esclusa netta senza sem liquido liquida bez exklusive haric без исключая صافي غير 税抜 税抜き 税別 抜 未税 不含税 不含 净 淨 제외 순"},
	{ofStatus, "status statuses stat sts estatus statut stato situacao situacion stav durum durumu statu statusu статус حاله ステータス 状況 状態 状态 狀態 상태"},
	{ofState, "state stage zustand etat estado staat stan tillstand состояние 状態"},
	{ofType, "type types kind art typ typen vorgangsart belegart genre tipo soort rodzaj typ slag tur turu тип вид نوع 種類 種別 区分 类型 類型 종류 유형 구분"},
	{ofCurrency, "currency wahrung waehrung devise monnaie moneda divisa moeda valuta waluta waluty valuta doviz валюта валюты عمله 通貨 币种 货币 幣別 貨幣 통화"},
	{ofConverted, "converted conversion settlement settled base presentment umgerechnet converti convertido convertito omgerekend przeliczona omraknad cevrilen 換算 折合 환산"},
	{ofCancelled, "reversed cancelled canceled cancel cancellation void voided storniert storno stornierung annule annulee annulation cancelado cancelada anulado anulada cancelamento annullato annullata annullamento geannuleerd annulering anulowano anulowane anulowania avbokad avbruten makulerad iptal отменен отмена отмены отменено الغاء ملغي キャンセル 取消 取消し 취소"},
	{ofPlace, "address street city town zip zipcode postcode postal country region province county latitude longitude location adresse strasse ort stadt plz land adresse rue ville cp pays direccion calle ciudad provincia pais endereco rua cidade cep bairro indirizzo via citta provincia cap paese nazione adres straat plaats postcode ulica miasto kraj adress gata ort postnummer adres sehir ilce ulke адрес город улица страна индекс область عنوان شارع مدينه دوله بلد منطقه 住所 都道府県 市区町村 郵便番号 国 地址 城市 国家 省份 省 市 邮编 주소 도시 국가 우편번호"},
	{ofOthers, "vendor vendors seller sellers merchant merchants staff employee supplier agent cashier store shop branch warehouse salesperson rep company brand manufacturer sender recipient receiver lieferant verkaufer mitarbeiter filiale hersteller firma vendeur fournisseur magasin employe marque boutique vendedor vendedora proveedor tienda empleado marca empresa fornecedor loja funcionario venditore fornitore negozio marchio azienda verkoper leverancier winkel medewerker merk bedrijf sprzedawca dostawca sklep saljare leverantor butik satici magaza tedarikci marka продавец поставщик магазин сотрудник менеджер بائع مورد متجر موظف 店舗 担当 担当者 販売者 仕入先 店 卖家 賣家 商家 供应商 店铺 店員 판매자 공급자 매장 직원"},
	{ofOther, "frequency note notes tags campaign source medium channel method methods gateway reason marketing consent newsletter subscribed accepts url link ip device browser image description details memo comment comments category categories segment group title size color colour file tracking carrier provider card brand risk language locale timezone zone " +
		"beschreibung bemerkung notiz kommentar kategorie quelle kanal methode grund zahlungsart mode moyen methode motif raison description remarque commentaire categorie metodo forma motivo nota notas descripcion comentario categoria origen canal observacao descricao origem metodo causale descrizione categoria canale methode reden omschrijving opmerking categorie sposob metoda uwagi opis kategoria powod satt metod anledning beskrivning kategori yontem yontemi aciklama kategori kanal способ метод комментарий описание категория причина источник طريقه وصف ملاحظات فئه سبب مصدر 方法 備考 説明 カテゴリ カテゴリー メモ 理由 方式 备注 備註 描述 类别 分类 原因 渠道 来源 수단 방법 메모 설명 카테고리 사유"},
	{ofCustomer, "pelanggan kustomer mamimili pembeli pengguna khachhang nguoimua ลูกค้า ผู้ซื้อ ผู้สั่งซื้อ สมาชิก ผู้ใช้ zakaznik zakaznika zakaznici odberatel kupujici vevo ugyfel vasarlo client clienti clientului cumparator asiakas asiakkaan asiakasnumero πελατησ πελατη πελατων αγοραστησ לקוח לקוחות הלקוח קונה клієнт клієнта покупець покупця замовник مشتری خریدار cardcode cardname"},
	{ofOrder, "incrementid reservation reservations reserva reservas prenotazione prenotazioni reservering boeking rezerwacja rezerwacji bokning rezervasyon бронирование бронь حجز 予約 预订 預訂 예약"},
	{ofCustomer, "cpf cnpj ac acct who wer quien quem organization organisation organisatie organisationen organizacion organizacao organizzazione invoicepartner businesspartner thirdparty geschaftspartner 取引先 取引先名 kontakt contacto contato contatto"},
	{ofID, "cpf cnpj incrementid nomor kode ma หมายเลข รหัส เลขที่ cislo szama azonosito asiakasnumero tilausnumero numar numarul αριθμοσ κωδικοσ מספר מזהה קוד شماره код cardcode docnum"},
	{ofEmail, "อีเมล דואל имейл ایمیل"},
	{ofPhone, "telepon ponsel dienthoai โทรศัพท์ เบอร์โทร telefonni puhelin puhelinnumero τηλεφωνο טלפון تلفن موبایل"},
	{ofName, "nama pangalan hoten ชื่อ jmeno prijmeni meno priezvisko nazev nev vezeteknev keresztnev nume prenume navn fornavn etternavn efternavn nimi etunimi sukunimi ονομα επωνυμο ονοματεπωνυμο שם імя прізвище نام cardname"},
	{ofPart, "etunimi sukunimi fornavn etternavn efternavn prijmeni priezvisko vezeteknev keresztnev επωνυμο"},
	{ofOrder, "pesanan tempahan pemesanan donhang dathang muahang คำสั่งซื้อ การสั่งซื้อ สั่งซื้อ ออเดอร์ objednavka objednavky objednavek rendeles rendelesi megrendeles rendelesszam comanda comenzi comenzii ordre ordrer ordrenummer bestillinger tilaus tilauksen tilausnumero παραγγελια παραγγελιασ παραγγελιων הזמנה הזמנות ההזמנה замовлення سفارش"},
	{ofDocument, "faktur invois resit resibo transaksi hoadon ใบเสร็จ ใบกำกับ doklad doklady uctenka szamla bizonylat factura facturii lasku kuitti τιμολογιο αποδειξη παραστατικο חשבונית קבלה рахунок чек فاکتور"},
	{ofPayment, "pembayaran bayaran bayad dibayar bayar thanhtoan ชำระเงิน ชำระ การชำระเงิน platba platby zaplaceno uhrada uhrazeno fizetes fizetve plata platit platii betaling betalt maksu maksettu πληρωμη πληρωμησ תשלום שולם оплата оплати پرداخت 应付 應付 应收 應收"},
	{ofDate, "tanggal tarikh petsa tgl waktu ngay thoigian ngaytao วันที่ วันเวลา datumu datuma kelte ideje idopont dato paiva paivamaara pvm ημερομηνια תאריך дата تاریخ erstellungsdatum"},
	{ofClock, "waktu thoigian เวลา idopont kello ωρα שעה час ساعت"},
	{ofCreation, "dibuat ngaytao สร้าง vytvoreni vytvoreno vytvorena letrehozva leadas leadasa creata crearii plasata oprettet opprettet luotu δημιουργιασ καταχωρησησ נוצר יצירה створення створено ایجاد erstellung erstellungsdatum"},
	{ofAmount, "nilai halaga sotien thanhtien giatri จำนวนเงิน ยอดเงิน ยอด มูลค่า castka hodnota osszeg ertek suma valoare valoarea belob belop summa ποσο αξια סכום ערך сума вартість مبلغ"},
	{ofTotal, "货款 貨款 kabuuang kabuuan keseluruhan tong tongtien รวม ทั้งหมด สุทธิ celkem celkova celkove celkom osszesen vegosszeg mindosszesen ialt totalbelob totalbelop yhteensa loppusumma kokonaissumma συνολο συνολικο συνολικη סהכ כולל всього загальна разом مجموع"},
	{ofSales, "penjualan jualan benta doanhthu ยอดขาย trzby arbevetel vanzari omsaetning salg myynti πωλησεισ מכירות продажі فروش"},
	{ofPrice, "harga presyo gia ราคา egysegar pret pretul hinta τιμη מחיר ціна قیمت"},
	{ofUnit, "satuan seunit dongia ต่อหน่วย ต่อชิ้น jednotkova egysegar unitar stykpris yksikkohinta μοναδασ ליחידה одиницю"},
	{ofPrice, "dongia stykpris yksikkohinta"},
	{ofLine, "produk positionsstatus artikelstatus produkto barang sanpham สินค้า polozka polozky vyrobek zbozi tetel termek termeknev produs produse vare varer tuote tuotteen rivi προιον προιοντα ειδοσ מוצר פריט товар позиція محصول کالا"},
	{ofQuantity, "jumlah kuantiti dami kuantitas soluong จำนวน mnozstvi pocet mennyiseg darabszam cantitate antall maara kpl ποσοτητα כמות кількість تعداد"},
	{ofTax, "pajak ppn thue ภาษี dph afa moms mva alv arvonlisavero φπα מעמ пдв مالیات"},
	{ofShipping, "ongkir ongkos pengiriman vanchuyen ค่าจัดส่ง การจัดส่ง จัดส่ง ค่าส่ง doprava dopravy dodani postovne szallitas szallitasi livrare transport fragt toimitus toimituskulut αποστολη αποστολησ μεταφορικα משלוח доставка доставки ارسال 邮费 郵費"},
	{ofDiscount, "diskon potongan giamgia chietkhau ส่วนลด sleva slevy zlava kedvezmeny reducere discountul rabat alennus εκπτωση הנחה знижка تخفیف"},
	{ofFee, "biaya ค่าธรรมเนียม poplatek dij comision gebyr maksu palkkio προμηθεια עמלה комісія کارمزد"},
	{ofRefund, "pengembalian hoantien trahang คืนเงิน คืนสินค้า vraceno vraceni vratka dobropis visszaterites visszateritett rambursare rambursat returnat refunderet refundert refusion palautus palautettu hyvitys επιστροφη επιστροφησ החזר זיכוי повернення بازگشت erstattete erstatteter erstatteten"},
	{ofWith, "vcetne bruttoertek cuprinde inklusiv sisaltaen συμπεριλαμβανομενου"},
	{ofStatus, "trangthai katayuan positionsstatus artikelstatus สถานะ allapot statusz stare starea tila κατασταση סטטוס מצב статус وضعیت"},
	{ofType, "jenis loai ประเภท druh tipus tyyppi τυποσ סוג тип نوع"},
	{ofCurrency, "สกุลเงิน penznem moneda valuutta νομισμα מטבע валюта واحد mena meny doccur"},
	{ofCancelled, "dibatalkan pembatalan batal dahuy ยกเลิก stornovano zruseno zruseni torolve anulat anulata annulleret kansellert peruttu peruutus ακυρωση ακυρωθηκε ביטול בוטל скасовано لغو"},
	{ofPlace, "alamat kota provinsi diachi ที่อยู่ จังหวัด adresa ulice mesto psc cim varos megye oras judet osoite kaupunki διευθυνση πολη כתובת עיר адреса місто ادرس شهر"},
	{ofOthers, "penerima penjual nguoinhan nguoiban ผู้รับ ผู้ขาย prijemce prodavajici elado vanzator destinatar modtager saelger mottaker selger vastaanottaja myyja παραληπτησ πωλητησ נמען מוכר продавець одержувач فروشنده گیرنده"},
	{ofCustomer, "kundenkarte kundenkarten kundenkartennr kundenkartennummer klantenkaart 거래처 거래처명 distinctid cari kupac kupca narucitelj narucilac stranka narocnik tellija ostja klients pircejs pasutitajs klientas pirkejas uzsakovas kupec купувач"},
	{ofOrder, "カート narudzba narudzbe narudzbina narocilo narocila porudzbina porudzbine tellimus tellimuse pasutijums pasutijuma uzsakymas uzsakymo поръчка поръчката поръчки"},
	{ofDocument, "racun racuna racuni arve arved rekins rekina saskaita saskaitos фактура"},
	{ofID, "broj stevilka number numurs numeris"},
	{ofDate, "tidspunkt vystaveno vystavena vystavene when tstamp fakturadat νια kuupaev aeg datums kuupaeva"},
	{ofAmount, "iznos iznosa znesek vrijednost vrednost suma sumos summas стойност"},
	{ofTotal, "ukupno ukupan sveukupno skupaj skupno kokku kopa kopsumma viso общо"},
	{ofQuantity, "kolicina kogus daudzums skaits kiekis количество"},
	{ofPrice, "cijena hind cena kaina"},
	{ofTax, "pdv ddv kaibemaks km pvn pvm ддс"},
	{ofStatus, "stanje olek staatus statuss busena състояние"},
	{ofName, "ime prezime nimi vards uzvards vardas pavarde nafn adsoyad"},
	{ofCustomer, "vidskiptavinur vidskiptavinar vidskiptamadur kaupandi"}, // Icelandic
	{ofOrder, "pontun pontunarnumer"},
	{ofDocument, "reikningur reikningsnumer"},
	{ofDate, "dagsetning dags"},
	{ofAmount, "upphaed upphad fjarhaed fjarhad"},
	{ofTotal, "samtals heildarupphaed heildarupphad"},
	{ofEmail, "netfang"},
	{ofStatus, "stada"},
	{ofQuantity, "fjoldi magn"},
	{ofOrder, "comanda comandes поруџбина поруџбине наруџба наруџбе ऑर्डर आदेश"}, // Catalan, Serbian, Hindi
	{ofCustomer, "купац купца наручилац муштерија ग्राहक खरीदार"},
	{ofID, "број шифра nombor संख्या क्रमांक नंबर"},
	{ofDate, "датум datum tarikh तारीख दिनांक तिथि"},
	{ofAmount, "износ вредност राशि रकम"},
	{ofTotal, "укупно укупан कुल"},
	{ofQuantity, "quantitat количина kuantiti मात्रा"},
	{ofPrice, "preu цена मूल्य कीमत"},
	{ofStatus, "estat статус стање स्थिति"},
	{ofPart, "prezime uzvards pavarde"},
	{ofShipping, "dostava postarina tarne piegade pristatymas"},
	{ofDiscount, "popust allahindlus atlaide nuolaida отстъпка"},
	{ofOther, "alasan catatan lydo ghichu เหตุผล หมายเหตุ poznamka duvod megjegyzes observatii motiv bemaerkning bemerkning kommentti σχολια αιτια הערה הערות סיבה примітка توضیحات unsubscribe unsubscribed sandbox"},
	{ofSub | ofTotal, "tienhang"},
	{ofSub, "货款 貨款"},
	{ofFormatted, "formatted display"},
	{ofDue, "due birth birthday dob expiry expires expiration expected estimated fallig falligkeit geburt geburts geburtstag ablauf echeance naissance expiration vencimiento nacimiento vencimento nascimento scadenza nascita verval vervaldatum geboorte termin urodzenia " +
		"deadline cutoff frist fristen limite delai plazo prazo termijn uiterste verfall forfallo fodelse vade dogum срок рождения استحقاق ميلاد 期限 誕生日 生年月日 生日 到期 出生 만료 생년월일"},
	{ofPayout, "payout payouts proceeds disbursement disbursed earnings remittance remitted auszahlung auszahlungen auszahlungs auszahlungsbetrag ausgezahlt versement versements reversement reversements reverse desembolso desembolsos liquidacion repasse repasses " +
		"accredito accreditato erogato uitbetaling uitbetaald uitbetaalde wyplata wyplaty wyplacono utbetalning utbetalt utbetaling udbetaling udbetalt hakedis выплата выплаты выплате перечислению перечислено مستحقات 振込 振込額 精算 受取 受取額 到账 到賬 结算 結算 打款 정산 정산금액"},
	{ofTo, "to an vers hacia para"},
	{ofTotal | ofAmount, "dozaplaty zuzahlen apayer apagar dapagare tebetalen attbetala topay odenecek phaitra"}, // what an order comes to
	{ofNothing, "minorunit minorunits smallestunit subunits minor associated node nodes edges money person persons people of from the for de du des la le les el los las do da dos das di del della ng sa dei den der die das im in by on von van voor og och i w z na ve en y e et und and or au aux am pro my our your is was has full utc gmt local all usd eur gbp cad aud jpy chf sek nok dkk pln try rub brl mxn inr cny krw sar aed billing rechnungsadresse facturation facturacion fatturazione ال の ご お の額"},
}

// lexicon finds what words mean: an open-addressing table over the vocabulary.
type lexicon struct {
	slots []lexeme
}

type lexeme struct {
	word    string
	meaning meaning
}

func newLexicon() *lexicon {
	l := &lexicon{slots: make([]lexeme, 1<<12)}
	for _, c := range vocabulary {
		for list := c.words; len(list) > 0; {
			var word string
			word, list = cutBlank(list)
			if word != "" {
				slot := l.slot([]byte(word))
				slot.word, slot.meaning = word, slot.meaning|c.meaning
			}
		}
	}
	return l
}

func cutBlank(list string) (first, rest string) {
	for i := 0; i < len(list); i++ {
		if list[i] == ' ' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

func (l *lexicon) slot(word []byte) *lexeme {
	mask := uint64(len(l.slots) - 1)
	for i := hash(word) & mask; ; i = (i + 1) & mask {
		if s := &l.slots[i]; s.word == "" || s.word == string(word) {
			return s
		}
	}
}

func (l *lexicon) word(word []byte) meaning { return l.slot(word).meaning }

// name is what a normalised name means, and how many of its words are unknown.
func (l *lexicon) name(name []byte) (m meaning, unknown int) {
	associated, included := false, false
	for len(name) > 0 {
		var word []byte
		word, name = nextWord(name)
		n := l.one(word)
		next, rest := nextWord(name)
		if both := l.pair(word, next); both != 0 {
			n, name = both, rest
		}
		if m&ofNothing != 0 && string(word) == "company" && associated {
			n = ofCustomer // whom a deal is with
		}
		associated = string(word) == "associated"
		if following, _ := nextWord(name); string(word) == "orders" && listed("id|ids|status|date", following) {
			n = ofOrder // osCommerce's orders_id, orders_status
		}
		if following, after := nextWord(name); listed(wordsAhead, word) && l.word(following)&(ofFee|ofTax) != 0 {
			n, name = ofWith, after // "avant commission": what was paid
			if l.word(following)&ofTax != 0 {
				n = ofTax | ofWithout
			}
		}
		if following, after := nextWord(name); listed(wordsAfter, word) && l.word(following)&ofTax != 0 {
			n, name = ofTax|ofWith, after
		}
		if following, _ := nextWord(name); l.word(following)&ofTax != 0 {
			switch {
			case string(word) == "s" && l.word(following)&^ofTax == 0 && listed("iva|imp|impuestos|imposto", following), listed(wordsLess, word): // "s/ IVA"
				n = ofWithout
			case listed(wordsPlus, word):
				n = ofWith
			}
		}
		if following, _ := nextWord(name); n&ofOthers != 0 && listed("money|currency|amount|price|total", following) {
			n = ofNothing // the shop's own currency
		}
		if following, _ := nextWord(name); string(word) == "jumlah" && listed("rm|myr|rp|idr|harga|bayaran|pembayaran|bayar|keseluruhan|besar|jualan|penjualan|tagihan", following) {
			n = ofAmount | ofTotal // how much, and not how many
		}
		if following, _ := nextWord(name); string(word) == "merchant" && listed("reference|ref|order|transaction", following) {
			n = ofOrder // the shop's own number
		}
		if m&ofStatus != 0 && listed("description|text|label|beschreibung|bezeichnung|libelle|descripcion|descricao|descrizione|omschrijving|opis", word) {
			n = ofNothing // the status in words
		}
		if m&ofTotal != 0 && n&ofShipping != 0 && included {
			n = ofNothing // "Total amount (including shipping)"
		}
		included = included || listed(wordsIncluded, word)
		if n == 0 && len(word) > 1 && word[0]-'0' > 9 {
			unknown++
		}
		m |= n
	}
	return m, unknown
}

// wordsAhead and wordsAfter stand before a fee or a tax where an amount is named for being before or after it.
const (
	wordsAhead = "before|vor|avant|antes|prima|przed|voor|fore"
	wordsAfter = "after|nach|apres|despues|depois|dopo|efter"
)

// wordsPlus and wordsLess stand before a tax that an amount is with, or without: "cu TVA", "c/ IVA".
const (
	wordsPlus = "c|s|cu|con|com|avec|mit|med|met|z|ze|с|със|su|ar|ile|with"
	wordsLess = "fara|bez|sin|sem|sans|ohne|uden|utan|uten|zonder|senza|без|be|without"
)

// wordsIncluded say that what follows is a part of the money named before.
const wordsIncluded = "inc|incl|including|included|includes|inkl|einschliesslich|compris|comprise|incluido|incluida|incluindo|inclus|inclusive|inclusief|incluso|inclusa"

// pair is what two words mean that the vocabulary has as one: "khach hang", "card code".
func (l *lexicon) pair(first, second []byte) meaning {
	if n := len(first) + len(second); len(second) == 0 || n > maxWord {
		return 0
	}
	return l.word(append(append(make([]byte, 0, maxWord), first...), second...))
}

const (
	maxWord   = 48             // bytes of a word that is looked at in parts
	arabicThe = "\u0627\u0644" // al-, written as a part of its word
)

// one is what a word means: as it stands, or by its parts.
func (l *lexicon) one(word []byte) meaning {
	if m := l.word(word); m != 0 {
		return m
	}
	if len(word) > len(arabicThe) && string(word[:len(arabicThe)]) == arabicThe {
		return l.one(word[len(arabicThe):])
	}
	r, _ := utf8.DecodeRune(word)
	if unspaced(r) {
		return l.scan(word)
	}
	if len(word) >= 6 && len(word) <= maxWord {
		return l.joined(word)
	}
	return 0
}

// scan reads a text without blanks: the longest words from the left, what is unknown
// passed over.
func (l *lexicon) scan(text []byte) (m meaning) {
	for len(text) > 0 {
		_, step := utf8.DecodeRune(text)
		for end := min(len(text), maxWord); end > 0; end-- {
			if end < len(text) && !utf8.RuneStart(text[end]) {
				continue
			}
			if n := l.word(text[:end]); n != 0 {
				m |= n
				step = end
				break
			}
		}
		text = text[step:]
	}
	return m
}

// joined is what a word made of known words means, with the fewest parts; 0 when some of
// it is unknown. Parts have three letters, the last one two: id, no, nr.
func (l *lexicon) joined(word []byte) meaning {
	var best [maxWord + 1]struct {
		meaning meaning
		parts   int
	}
	for end := 2; end <= len(word); end++ {
		for start := 0; start+2 <= end; start++ {
			if start > 0 && best[start].parts == 0 || end-start < 3 && end < len(word) {
				continue
			}
			m := l.word(word[start:end])
			if m == 0 && word[end-1] == 's' && end < len(word) { // the joint of German and Swedish
				m = l.word(word[start : end-1])
			}
			if m == 0 || m == ofNothing {
				continue
			}
			if parts := best[start].parts + 1; best[end].parts == 0 || parts < best[end].parts {
				best[end].meaning, best[end].parts = best[start].meaning|m, parts
			}
		}
	}
	return best[len(word)].meaning
}

// KnownName reports whether the name of a column is made of words that columns are named by: such
// a name is no customer's.
func KnownName(name []byte) bool {
	if len(name) == 0 || isEmail(trim(name)) {
		return false
	}
	m, unknown := newLexicon().name(normalise(name))
	return m&^ofNothing != 0 && unknown == 0
}
