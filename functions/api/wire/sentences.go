package wire

import "strings"

// A Sentence is what a problem says, whole. What of the request stands in it has a name in braces.
type Sentence string

// The sentences that hold something of a request, each once: whoever changes or translates one sees all of it.
const (
	NoCalculation Sentence = "There is no calculation {id}."
	NoResult      Sentence = "There is no result {name}."
	NoField       Sentence = "There is no field {name}."
	NoInput       Sentence = "{calculation} has no input {name}."
	NoneOfThem    Sentence = "There is no {what} {name}."
	ThereAre      Sentence = "There are {names}."
	DidYouMean    Sentence = "Did you mean {name}?"

	OneOf       Sentence = "{field} must be one of {names}."
	EitherNot   Sentence = "{field} must be {options}, not {given}."
	OptionText  Sentence = "{field} must be {options}, as text."
	OptionGiven Sentence = "{field} is missing. Give {options}."
	Twice       Sentence = "{field} is given more than once. Give it once."

	RowNameText Sentence = "{field} must be text."
	RowNameLong Sentence = "{field} is too long. It may have {limit} bytes."

	NumberMissing  Sentence = "{field} is missing. Give a number."
	TextMissing    Sentence = "{field} is missing. Give it as text."
	ObjectMissing  Sentence = "{field} is missing. Give an object with {names}."
	NumbersMissing Sentence = "{field} is missing. Give a list of numbers."
	ObjectsMissing Sentence = "{field} is missing. Give a list of objects."

	NotNumber     Sentence = "{field} must be a number."
	NumberAsText  Sentence = "{field} must be a number, not text."
	NumberNot     Sentence = "{field} must be a number, not {given}."
	WithoutQuotes Sentence = "Write {number} without quotes."
	AsFraction    Sentence = "Write a percentage as a fraction: {number}."
	NumberTooBig  Sentence = "{field} is {given}, which is too large to be a number here."
	NotWhole      Sentence = "{field} must be a whole number."
	AtLeast       Sentence = "{field} must be at least {limit}."
	AtMost        Sentence = "{field} must be at most {limit}."
	MoreThan      Sentence = "{field} must be more than {limit}."

	NotList       Sentence = "{field} must be a list: [...]."
	NotListOf     Sentence = "{field} must be a list of {what}: [...]."
	NotListAsJSON Sentence = "{field} must be a list, as JSON."
	Entries       Sentence = "{field} must have between {least} and {most} entries."
	NotCalledText Sentence = "{field} must be text: the name of a calculation."

	NotValue     Sentence = "field={names} is not a single value. Name one result that is."
	BadlyEscaped Sentence = "The query is badly escaped at {part}. Write a percent sign as %25."
	QueryTakes   Sentence = "The query takes {names}, not {given}."
	EndsEarly    Sentence = "The JSON ends too early, at line {line}, column {column} (byte {byte}): a bracket, brace or quote is still open."
	StopsBeing   Sentence = "The body stops being JSON at line {line}, column {column} (byte {byte}): {why}."

	ManyMore      Sentence = "There are {more} more problems."
	ManyMoreFirst Sentence = "There are {more} more problems, of which errors lists the first {listed}."
	AndMore       Sentence = "There are {more} more."

	AddressTakes  Sentence = "This address takes {methods}."
	BodyCoding    Sentence = "A body is plain or compressed with gzip, not {coding}."
	NotHereFit    Sentence = "{calculation} may take longer than this deployment allows a request. The page runs it in your browser, at /customers; a server of your own runs it here."
	TooManyAtOnce Sentence = "Too many requests of this size are being computed. Try again in {seconds} seconds."
	TooBusy       Sentence = "Too much is under way. Try again in {seconds} seconds."
	WouldTake     Sentence = "This would take about {time} of computing; a request may take {limit}."
	SendAtMost    Sentence = "Send at most {number} {unit} in each of several requests."

	NotOneNumber Sentence = "{result} is not one number. A tool takes a result that is one number."
	NotOneInput  Sentence = "{input} is not one number. A range is of an input that is one number."
	VariedTwice  Sentence = "{input} is varied twice. Give it one range."
	LowAboveHigh Sentence = "low ({low}) is above high ({high}). Swap them."
	WholeEnds    Sentence = "{input} takes whole numbers: low and high must be whole."
	NotOfShape   Sentence = "A {shape} distribution takes no {field}."
	FitsNoTool   Sentence = "{calculation} fits a model, which no tool runs thousands of times. Fit once and take the tool over the prediction."
	OtherPeriods Sentence = "This scenario counts in periods of a {other}, the first in periods of a {first}. {result} cannot be compared. " +
		"Give both the same period, or name in results only what does not depend on it, such as clv."

	// What tools say of themselves.
	UseWhen     Sentence = "Use when asked: {question}"
	Needs       Sentence = "Needs {names}."
	Returns     Sentence = "Returns {names}."
	ReturnsMore Sentence = "Returns {names} and others."
	OneOfThese  Sentence = "One of {options}."
	ListWith    Sentence = "A list of objects with {names}."
	AtLeastSo   Sentence = "At least {number}."
	ByDefault   Sentence = "Default {value}."
	AboveUpTo   Sentence = "Above {least}, up to {most}."
	FromTo      Sentence = "{least} to {most}."
	Above       Sentence = "Above {least}."

	NotCalled  Sentence = "No calculation is called {name}. Name the function as GET {path}/{id}/sql does."
	RowsNeeded Sentence = "{field} must be a list of rows, each a list of arguments."
	Arguments  Sentence = "{calculation} takes {number} arguments, not {given}."
	OfRow      Sentence = "Row {number}: {problem}"
)

// Say puts values in the places of the names, in their order. A name without a value stays, as in {path}/{id}.
func (s Sentence) Say(values ...string) string {
	var said strings.Builder
	rest := string(s)
	for _, value := range values {
		open := strings.IndexByte(rest, '{')
		end := strings.IndexByte(rest, '}')
		if open < 0 || end < open {
			break
		}
		said.WriteString(rest[:open])
		said.WriteString(value)
		rest = rest[end+1:]
	}
	said.WriteString(rest)
	return said.String()
}

// Sentences follow one another; an empty one is left out.
func Sentences(list ...string) string {
	var said strings.Builder
	for _, sentence := range list {
		if sentence == "" {
			continue
		}
		if said.Len() > 0 {
			said.WriteByte(' ')
		}
		said.WriteString(sentence)
	}
	return said.String()
}

// Guess asks whether the nearest of the words was meant, or says nothing where none is near.
func Guess(word string, words []string) string {
	if near := Nearest(word, words); near != "" && near != word {
		return DidYouMean.Say(near)
	}
	return ""
}

// Listed are names within a sentence: price, churn_rate and gross_margin.
func Listed(names []string) string { return joined(names, " and ") }

// Choices lists options: month, quarter or year.
func Choices(options []string) string { return joined(options, " or ") }

func joined(list []string, last string) string {
	n := len(list) - 1
	if n < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:n], ", ") + last + list[n]
}
