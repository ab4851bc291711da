package orders

import "bytes"

// dump reads the rows of one table from a dump of a database: INSERT INTO … VALUES (…), (…) as MySQL, MariaDB, SQLite, SQL Server and Oracle's tools write it, with the names
// of columns there or in CREATE TABLE above, and PostgreSQL's COPY … FROM stdin. The table is the first that has a customer, a day and money, and is none of line items or carts;
// where none has all of these, the first with any rows.
type dump struct {
	// Tokens.
	in      sqlPart
	token   []byte
	last    byte // before this one
	slashes bool // a backslash escapes, as in MySQL
	escaped bool

	// The statement.
	at      sqlPlace
	depth   int
	name    []byte
	insert  bool // the names are those of an INSERT
	columns [][]byte
	tables  []sqlTable
	table   int // whose rows these are
	cell    []byte
	set     bool // the cell has its value
	row     tableRow

	chosen int // table, -1 for none yet
	held   []byte
	first  int  // the table that is held, -1 for none
	full   bool // it is too large for that
	rows   int
	words  lexiconOnce
}

// sqlTable is a table of a dump.
type sqlTable struct {
	name    string
	columns [][]byte
	filled  bool // it has rows
	headed  bool // its names are written
}

type sqlPart uint8

const (
	sqlPlain sqlPart = iota
	sqlWord
	sqlString   // '…'
	sqlQuoted   // "…"
	sqlTicked   // `…`
	sqlBracket  // […]
	sqlDash     // -- …
	sqlBlock    // /* … */
	sqlCopyLine // of the rows below COPY
)

type sqlPlace uint8

const (
	sqlStart   sqlPlace = iota
	sqlSkip             // to the end of the statement
	sqlInto             // INSERT, before the names
	sqlNames            // within them
	sqlValues           // after VALUES, between rows
	sqlRow              // within one
	sqlCreate           // CREATE, before the definitions
	sqlDefine           // within them, at the start of one
	sqlDefined          // within one
	sqlCopy             // COPY, up to its semicolon
)

const (
	maxTables  = 1 << 10
	maxHeld    = 1 << 21 // bytes of a table that is kept while one of orders is looked for
	maxSQLCell = maxRecord / 4
)

// lexiconOnce is a lexicon, made when it is needed.
type lexiconOnce struct{ *lexicon }

// isDump reports whether a text begins as dumps do: with a statement, or with a remark that names the program.
func isDump(head []byte) bool {
	remarks := false
	for {
		head = bytes.TrimLeft(head, " \t\r\n\xEF\xBB\xBF")
		switch {
		case bytes.HasPrefix(head, []byte("--")), bytes.HasPrefix(head, []byte("# ")), bytes.HasPrefix(head, []byte("REM ")), bytes.HasPrefix(head, []byte("#\n")):
			line, rest, ok := bytes.Cut(head, []byte{'\n'})
			for _, name := range [...]string{"SQL", "MariaDB", "phpMyAdmin", "Adminer", "Navicat", "DBeaver", "Table structure", "Dumping", "Dump "} {
				remarks = remarks || contains(line, name)
			}
			if !ok {
				return remarks && line[0] == '-'
			}
			head = rest
		case bytes.HasPrefix(head, []byte("/*")):
			at := bytes.Index(head, []byte("*/"))
			if at < 0 {
				return head[2] == '!'
			}
			head = bytes.TrimLeft(head[at+2:], ";")
		default:
			for _, begin := range [...]string{"insert into ", "insert ignore into ", "insert [", "replace into ", "create table ", "create database ", "drop table ", "lock tables ", "set @", "set names", "set sql_", "set foreign_key", "set statement_timeout", "set search_path",
				"set identity_insert", "set time_zone", "set define off", "start transaction;", "begin transaction;", "begin;", "pragma ", "use `", "use [", "delete from ", "truncate table "} {
				if len(head) > len(begin) && equalFold(head[:len(begin)], begin) {
					return true
				}
			}
			line, _, _ := bytes.Cut(head, []byte{'\n'})
			return len(line) > 5 && equalFold(line[:5], "copy ") && contains(lower(line), "from stdin;")
		}
	}
}

func (d *dump) take(dst, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch d.in {
		case sqlPlain:
			dst = d.plain(dst, c)
		case sqlWord:
			if sqlLetter(c) {
				d.keep(c)
				break
			}
			d.in = sqlPlain
			d.word()
			dst = d.plain(dst, c)
		case sqlString, sqlQuoted, sqlTicked, sqlBracket:
			if again := d.quoted(c); again {
				dst = d.plain(dst, c)
			}
		case sqlDash:
			if c == '\n' {
				d.in = sqlPlain
			} else if d.keep(c); d.at == sqlStart {
				d.slashes = d.slashes || bytes.HasSuffix(d.token, []byte("MySQL")) || bytes.HasSuffix(d.token, []byte("MariaDB"))
			}
		case sqlBlock:
			if c == '/' && d.last == '*' {
				d.in = sqlPlain
			}
		case sqlCopyLine:
			dst = d.copied(dst, c)
		}
		d.last = c
	}
	return dst
}

func sqlLetter(c byte) bool {
	return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '.' || c == '$' || c == '@' || c >= 0x80
}

func (d *dump) keep(c byte) {
	if len(d.token) < maxSQLCell {
		d.token = append(d.token, c)
	}
}

// plain takes in a byte that begins a token, or is one.
func (d *dump) plain(dst []byte, c byte) []byte {
	begin := func(in sqlPart) { d.in, d.token, d.escaped = in, d.token[:0], false }
	switch {
	case c == '\'':
		begin(sqlString)
	case c == '"':
		begin(sqlQuoted)
	case c == '`':
		d.slashes = true
		begin(sqlTicked)
	case c == '[':
		begin(sqlBracket)
	case c == '-' && d.last == '-':
		if d.at == sqlRow && d.depth == 1 && len(d.cell) > 0 && !d.set { // the first of them
			d.cell = d.cell[:len(d.cell)-1]
		}
		begin(sqlDash)
	case c == '*' && d.last == '/':
		begin(sqlBlock)
	case sqlLetter(c):
		begin(sqlWord)
		d.keep(c)
	case c == ' ' || c == '\n' || c == '\r' || c == '\t':
	default:
		return d.mark(dst, c)
	}
	return dst
}

// quoted takes in a byte within quotes; again says that the quotes ended before it.
func (d *dump) quoted(c byte) (again bool) {
	closing := [...]byte{sqlString: '\'', sqlQuoted: '"', sqlTicked: '`', sqlBracket: ']'}[d.in]
	switch {
	case d.escaped && d.in == sqlString && d.last == '\\':
		d.escaped = false
		d.keep(unslashed(c))
	case d.escaped && c == closing: // doubled
		d.escaped = false
		d.keep(c)
	case d.escaped:
		in := d.in
		d.in, d.escaped = sqlPlain, false
		if in == sqlString || in == sqlQuoted && d.at == sqlRow {
			d.text()
		} else {
			d.named(true)
		}
		return true
	case c == closing, c == '\\' && d.slashes && d.in == sqlString:
		d.escaped = true
	default:
		d.keep(c)
	}
	return false
}

// unslashed is the byte that stands behind a backslash; line ends become blanks.
func unslashed(c byte) byte {
	switch c {
	case 'n', 'r', 't', '0', 'Z', 'b', 'f', 'v':
		return ' '
	}
	return c
}

// text takes in a string.
func (d *dump) text() {
	if d.at == sqlRow && !d.set {
		d.cell, d.set = append(d.cell[:0], d.token...), true
	} else if d.at != sqlRow {
		d.named(true)
	}
}

// word takes in a word or a number.
func (d *dump) word() {
	is := func(list string) bool { return len(d.token) < 24 && listed(list, lower(d.token)) }
	switch d.at {
	case sqlStart:
		d.begin(is)
	case sqlRow:
		if d.depth > 1 && is("as") { // CAST(10 AS Decimal(18, 2))
			d.set = true
		}
		if !d.set {
			d.cell = append(d.cell, d.token...)
		}
	case sqlValues: // ON DUPLICATE KEY, or a statement without a semicolon before it
		d.at = sqlSkip
		d.begin(is)
	case sqlSkip:
		if is("insert|replace") { // SQL Server ends no statement
			d.begin(is)
		}
	case sqlCopy:
		if !is("from|stdin|with") {
			d.named(false)
		}
	case sqlInto:
		switch {
		case is("values|value"):
			d.open()
		case is("select|set"):
			d.at = sqlSkip
		case !is("into|ignore|low_priority|delayed|overwrite|overriding|system"):
			d.named(false)
		}
	case sqlCreate:
		switch {
		case is("table"):
			d.insert = true
		case !d.insert && !is("temporary|temp|unlogged|or|replace|global|local"), is("as|select"):
			d.at = sqlSkip
		case !is("if|not|exists|temporary|temp|or|replace|global|local|unlogged"):
			d.named(false)
		}
	case sqlDefine:
		if is("primary|key|unique|constraint|index|fulltext|foreign|check|spatial|exclude|like") {
			d.at = sqlDefined
		} else {
			d.named(false)
		}
	default:
		d.named(false)
	}
}

// begin begins a statement with its first word.
func (d *dump) begin(is func(string) bool) {
	d.name, d.columns, d.insert, d.depth = d.name[:0], nil, false, 0
	switch {
	case is("insert|replace"):
		d.at = sqlInto
	case is("create"):
		d.at = sqlCreate
	case is("copy"):
		d.at = sqlCopy
	case is("go"):
		d.at = sqlStart
	default:
		d.at = sqlSkip
	}
}

// named takes in a name: of a table, or of one of its columns. Where it has several parts the last counts.
func (d *dump) named(quoted bool) {
	name := d.token
	if at := bytes.LastIndexByte(name, '.'); at >= 0 && !quoted {
		name = name[at+1:]
	}
	switch {
	case d.at == sqlDefine && d.depth == 1:
		d.columns, d.at = append(d.columns, bytes.Clone(name)), sqlDefined
	case d.at == sqlNames && d.depth == 1, d.at == sqlCopy && d.depth == 1:
		if len(d.columns) < maxColumns {
			d.columns = append(d.columns, bytes.Clone(name))
		}
	case (d.at == sqlInto || d.at == sqlCreate || d.at == sqlCopy) && d.depth == 0 && len(name) > 0:
		d.name = append(d.name[:0], name...)
	}
}

// mark takes in a sign.
func (d *dump) mark(dst []byte, c byte) []byte {
	switch {
	case d.at == sqlRow:
		return d.markInRow(dst, c)
	case c == ';':
		if d.at == sqlCopy {
			d.open()
			d.in, d.token = sqlCopyLine, d.token[:0]
			return dst
		}
		if d.at == sqlDefine || d.at == sqlDefined || d.at == sqlCreate {
			d.define()
		}
		d.at, d.depth = sqlStart, 0
	case c == '(':
		d.depth++
		switch {
		case d.at == sqlInto:
			d.at = sqlNames
		case d.at == sqlCreate:
			d.at = sqlDefine
		case d.at == sqlValues:
			d.at, d.cell, d.set = sqlRow, d.cell[:0], false
		}
	case c == ')':
		d.depth = max(d.depth-1, 0)
		switch {
		case d.at == sqlNames:
			d.at = sqlInto
		case (d.at == sqlDefine || d.at == sqlDefined) && d.depth == 0:
			d.define()
			d.at = sqlSkip
		}
	case c == ',' && d.at == sqlDefined && d.depth == 1:
		d.at = sqlDefine
	}
	return dst
}

// markInRow takes in a sign between or within the values of a row.
func (d *dump) markInRow(dst []byte, c byte) []byte {
	switch {
	case c == '(':
		d.depth++
		if !d.set { // what came before is the name of a function
			d.cell = d.cell[:0]
		}
	case c == ')' && d.depth > 1:
		d.depth--
		d.set = true
	case c == ',' && d.depth > 1:
		d.set = true // of its arguments the first counts
	case c == ',':
		d.endCell()
	case c == ')':
		d.endCell()
		d.at, d.depth = sqlValues, 0
		return d.endRow(dst)
	case c == ':': // a type follows
		d.set = true
	case !d.set:
		d.cell = append(d.cell, c)
	}
	return dst
}

func (d *dump) endCell() {
	if d.set || !equalFold(d.cell, "null") {
		d.row.add(d.cell)
	} else {
		d.row.add(nil)
	}
	d.cell, d.set = d.cell[:0], false
}

// define keeps the columns of a CREATE TABLE.
func (d *dump) define() {
	if i := d.find(); i >= 0 && len(d.columns) > 0 {
		d.tables[i].columns = d.columns
	}
	d.columns = nil
}

// find is the table at hand; -1 where there are too many.
func (d *dump) find() int {
	for i := range d.tables {
		if d.tables[i].name == string(d.name) {
			return i
		}
	}
	if len(d.tables) == maxTables {
		return -1
	}
	if len(d.tables) == 0 {
		d.chosen, d.first = -1, -1
	}
	d.tables = append(d.tables, sqlTable{name: string(d.name)})
	return len(d.tables) - 1
}

// open begins the rows of a table.
func (d *dump) open() {
	d.at, d.depth = sqlValues, 0
	if d.table = d.find(); d.table < 0 {
		return
	}
	t := &d.tables[d.table]
	if len(d.columns) > 0 && !t.headed {
		t.columns = d.columns
	}
	d.columns = nil
	if d.chosen < 0 && d.tells(t) {
		d.chosen = d.table
	}
}

// wordsNoOrders name tables that are like those of orders and are none, or have their lines.
const wordsNoOrders = "cart|carts|quote|quotes|basket|baskets|checkout|checkouts|wishlist|abandoned|log|logs|history|audit|archive|tmp|temp|backup|bak|old|item|items|line|lines|product|products|detail|details|position|positionen|lookup|draft|drafts|refund|refunds|invoice_item|subscription|subscriptions"

// tells reports whether the columns of a table have who, when and how much.
func (d *dump) tells(t *sqlTable) bool {
	if says(normalise([]byte(t.name)), wordsNoOrders) {
		return false
	}
	if d.words.lexicon == nil {
		d.words.lexicon = newLexicon()
	}
	var has [3]bool
	for _, column := range t.columns {
		m, unknown := d.words.name(normalise(column))
		for i, role := range [...]Role{RoleID, RoleDate, RoleAmount} {
			score := nameScore(role, m, unknown)
			if role == RoleID {
				score = max(score, nameScore(RoleEmail, m, unknown), nameScore(RoleName, m, unknown))
			}
			has[i] = has[i] || score > scorePoor
		}
	}
	return has[0] && has[1] && has[2]
}

// endRow writes the row where its table is the one that is read.
func (d *dump) endRow(dst []byte) []byte {
	if d.table >= 0 {
		d.tables[d.table].filled = true
	}
	if d.table < 0 || d.chosen >= 0 && d.table != d.chosen {
		d.row.line(nil)
		return dst
	}
	t := &d.tables[d.table]
	if d.chosen == d.table {
		d.rows++
		dst = t.head(dst)
		return d.row.line(dst)
	}
	if d.first < 0 {
		d.first = d.table
	}
	if d.first == d.table && !d.full {
		d.held = t.head(d.held)
		d.held = d.row.line(d.held)
		d.full = len(d.held) > maxHeld
	}
	d.row.line(nil)
	return dst
}

// head writes the names of a table's columns before its first row.
func (t *sqlTable) head(dst []byte) []byte {
	if t.headed || len(t.columns) == 0 {
		return dst
	}
	t.headed = true
	var row tableRow
	for _, column := range t.columns {
		row.add(column)
	}
	return row.line(dst)
}

// copied takes in a byte of the rows below COPY: cells between tabs, \N for none, and a line \. at the end.
func (d *dump) copied(dst []byte, c byte) []byte {
	switch {
	case d.escaped:
		d.escaped = false
		if c == 'N' && len(d.token) == 0 {
			return dst
		}
		d.keep(unslashed(c))
		if c == '.' && d.row.cells == 0 && len(d.token) == 1 {
			d.set = true
		}
	case c == '\\':
		d.escaped = true
	case c == '\n' && d.set && len(d.token) <= 1:
		d.in, d.at, d.set, d.token = sqlPlain, sqlStart, false, d.token[:0]
	case c == '\n':
		d.set = false
		if d.row.cells > 0 || len(d.token) > 0 {
			d.row.add(d.token)
			d.token = d.token[:0]
			return d.endRow(dst)
		}
	case c == '\t':
		d.row.add(d.token)
		d.token = d.token[:0]
	case c != '\r':
		d.keep(c)
	}
	return dst
}

func (d *dump) end(dst []byte) ([]byte, Binary) {
	if d.rows == 0 && !d.full && len(d.held) > 0 {
		return append(dst, d.held...), BinaryNone
	}
	if d.rows == 0 {
		return dst, BinarySQL
	}
	return dst, BinaryNone
}

// of is the table whose rows were read, and how many tables have any.
func (d *dump) of() (name string, tables int) {
	at := d.chosen
	if d.rows == 0 {
		at = d.first
	}
	for i := range d.tables {
		tables += whole(d.tables[i].filled)
	}
	if tables > 0 && at >= 0 {
		name = d.tables[at].name
	}
	return name, tables
}
