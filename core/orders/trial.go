package orders

// A testMark is how a column tells tests from orders.
type testMark uint8

const (
	noTests   testMark = iota
	testOrNot          // yes is a test
	liveOrNot          // yes is none
)

// Words, after normalise, that name tests, and what is none, in the names of columns and in their cells.
const (
	wordsTest = "test|tests|testing|testmode|testmodus|testorder|testbestellung|testbetrieb|testtransaktion|testkauf|testzahlung|sandbox|demo|dummy|staging|dev|development|qa|uat|prueba|teste|prova|testowy|testowa|testowe|testlage|" +
		"тест|тестовый|тестовая|テスト|テスト注文|テストモード|测试|測試|测试订单|测试模式|테스트|테스트 주문|تجريبي|اختبار"
	wordsLive = "live|livemode|production|prod|produktion|produktiv|productivo|producao|produzione|productie|produkcja|produkcyjny|боевой|本番|本番環境|生产|실서비스"
	// wordsMode stand beside these in the name of a column that says nothing else.
	wordsMode = "is|in|a|mode|modus|modo|modalita|tryb|modu|режим|وضع|env|environment|umgebung|umgebung|environnement|entorno|ambiente|omgeving|gateway|donation|order|orders|purchase|transaction|payment|charge|sale|account|flag|only|" +
		"de|di|commande|paiement|pedido|ordine|zamowienie|bestellung|bestelling|заказ|طلب|注文|订单|주문"
)

// testsBy is what a name says of the tests among its rows.
func testsBy(name []byte) testMark {
	if listed(wordsTest, name) {
		return testOrNot
	}
	said, mode := noTests, false
	for rest := name; len(rest) > 0; {
		var word []byte
		switch word, rest = nextWord(rest); {
		case listed(wordsTest, word):
			said = testOrNot
		case listed(wordsLive, word):
			said = max(said, liveOrNot)
			if said == testOrNot {
				return testOrNot
			}
		case !listed(wordsMode, word):
			return noTests
		}
		mode = mode || listed("mode|env|environment", word)
	}
	if said == noTests && mode { // "mode", "environment": its cells tell
		return testOrNot
	}
	return said
}

// modeOf is what a cell says, after normalise: live or test, in a word or two.
func modeOf(name []byte) testMark {
	if len(name) > maxMode || len(name) == 0 {
		return noTests
	}
	first, rest := nextWord(name)
	if len(rest) > 0 && !listed("mode|order|transaction|payment|account", rest) {
		return noTests
	}
	switch {
	case listed(wordsTest, first):
		return testOrNot
	case listed(wordsLive, first):
		return liveOrNot
	}
	return noTests
}

const maxMode = 24 // bytes of a cell that says live or test

// lookAtMode counts cells that say live or test.
func (c *columnStats) lookAtMode(text []byte) {
	if len(text) <= maxMode {
		mode := modeOf(normalise(text))
		c.modes, c.lives = c.modes+whole(mode != noTests), c.lives+whole(mode == liveOrNot)
	}
}

// marksTests reports whether a column tells tests from orders: by its name, with yes and no in its cells, or since all of these say live or test, and some live.
func (c *columnStats) marksTests() bool {
	if c.cells.filled == 0 {
		return false
	}
	return c.tests != noTests && c.yesOrNo() && c.cells.filled > 0 || c.modes == c.cells.filled && c.lives > 0
}

// testColumn is the column that tells tests from orders, -1 for none.
func (m *mapper) testColumn() int {
	for i := range m.stats {
		if s := &m.stats[i]; s.marksTests() && !taken(m.columns, i) {
			if s.tests == noTests {
				s.tests = testOrNot
			}
			return i
		}
	}
	return -1
}

// isTest reports whether the cell of the column of tests says that the row is one.
func (r *Reader) isTest(text []byte) bool {
	yes, ok := flagOf(text)
	if mode := modeOf(normalise(text)); mode != noTests {
		return mode == testOrNot
	}
	return ok && yes != r.live
}
