package orders

import "testing"

// A few rows in each encoding, written by Python's codecs.
var charsets = map[Encoding]string{
	EncodingShiftJIS:    "\x92\x8d\x95\xb6\x94\xd4\x8d\x86,\x92\x8d\x95\xb6\x93\xfa,\x8c\xda\x8bq\x96\xbc,\x8d\x87\x8cv\x8b\xe0\x8az\n1,2024/01/05,\x8eR\x93c\x82\xbd\x82\xeb\x82\xa4,1200\n2,2024/02/05,\x97\xe9\x96\xd8\x83n\x83i\x83R,800\n",
	EncodingEUCKR:       "\xc1\xd6\xb9\xae\xb9\xf8\xc8\xa3,\xc1\xd6\xb9\xae\xc0\xcf,\xb0\xed\xb0\xb4\xc0\xcc\xb8\xa7,\xb0\xe1\xc1\xa6\xb1\xdd\xbe\xd7\n1,2024-01-05,\xb1\xe8\xc3\xb6\xbc\xf6,1200\n2,2024-02-05,\xc0\xcc\xbf\xb5\xc8\xf1,800\n",
	EncodingGBK:         "\xb6\xa9\xb5\xa5\xb1\xe0\xba\xc5,\xcf\xc2\xb5\xa5\xca\xb1\xbc\xe4,\xbf\xcd\xbb\xa7\xd0\xd5\xc3\xfb,\xb6\xa9\xb5\xa5\xbd\xf0\xb6\xee\n1,2024-01-05,\xcd\xf5\xd0\xa1\xc3\xf7,1200\n2,2024-02-05,\xc0\xee\xbb\xaa,800\n",
	EncodingWindows1251: "\xcd\xee\xec\xe5\xf0 \xe7\xe0\xea\xe0\xe7\xe0;\xc4\xe0\xf2\xe0;\xca\xeb\xe8\xe5\xed\xf2;\xd1\xf3\xec\xec\xe0\n1;05.01.2024;\xc8\xe2\xe0\xed\xee\xe2;1200\n2;15.02.2024;\xcf\xe5\xf2\xf0\xee\xe2\xe0;800\n",
	EncodingWindows1256: "\xd1\xde\xe3 \xc7\xe1\xd8\xe1\xc8,\xca\xc7\xd1\xed\xce \xc7\xe1\xd8\xe1\xc8,\xc7\xe1\xda\xe3\xed\xe1,\xc7\xe1\xe3\xc8\xe1\xdb \xc7\xe1\xc5\xcc\xe3\xc7\xe1\xed\n1,2024-01-05,\xc3\xcd\xe3\xcf \xda\xe1\xed,1200\n2,2024-02-05,\xe1\xed\xe1\xec,800\n",
	EncodingWindows1250: "Numer zam\xf3wienia;Data;Klient;Warto\x9c\xe6\n1;2024-01-05;\xa3ukasz \xafak;1200\n2;2024-02-05;Ma\xb3gorzata Wi\x9cniewska;800\n",
	EncodingWindows1254: "Sipari\xfe No;Tarih;M\xfc\xfeteri;Tutar\n1;05.01.2024;Ay\xfee Y\xfdlmaz;1200\n2;15.02.2024;U\xf0ur \xdeahin;800\n",
	EncodingWindows1252: "Num\xe9ro;Date;Client;Montant\n1;05/01/2024;M\xfcller;1200\n2;15/02/2024;H\xe9l\xe8ne;800\n",
}

func TestCharset(t *testing.T) {
	for want, text := range charsets {
		if got := Charset([]byte(text)); got != want {
			t.Errorf("%v is taken for %v", want, got)
		}
	}
	for text, want := range map[string]Encoding{"": EncodingUTF8, "id,date\na,2024-01-01\n": EncodingUTF8, "é": EncodingUTF8, "\xff\xfea\x00": EncodingUTF16LE,
		"id,date\nMüller,\xc3": EncodingUTF8, "id,name\n1,M\xfcller\n": EncodingWindows1252, "id,price\n1,\x80 5\n2,\xa35\n": EncodingWindows1252} {
		if got := Charset([]byte(text)); got != want {
			t.Errorf("%q is taken for %v, not %v", text, got, want)
		}
	}
}

func FuzzCharset(f *testing.F) {
	for _, text := range charsets {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if e := Charset(b); e >= NumEncodings {
			t.Fatal(e)
		}
	})
}
