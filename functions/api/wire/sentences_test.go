package wire

import "testing"

func TestSentencesHoldWhatWasGiven(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{EitherNot.Say("period", Choices([]string{"month", "quarter", "year"}), `"moth"`), `period must be month, quarter or year, not "moth".`},
		{NotCalled.Say(`"f"`, "/v1/redshift"), `No calculation is called "f". Name the function as GET /v1/redshift/{id}/sql does.`},
		{NoField.Say(`"{name}"`), `There is no field "{name}".`}, // what a client wrote is not filled in again
		{ObjectMissing.Say("base", Listed([]string{"title", "input"})), "base is missing. Give an object with title and input."},
		{Sentences(NoResult.Say(`"clf"`), Guess("clf", []string{"clv", "cac"}), ""), `There is no result "clf". Did you mean clv?`},
		{Sentences("", Guess("something", []string{"clv"})), ""},
	} {
		if c.said != c.want {
			t.Errorf("%q, not %q", c.said, c.want)
		}
	}
}
