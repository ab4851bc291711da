package rows

import "fmt"

// A UsageError is a command line that makes no sense.
type UsageError struct{ text string }

func (e *UsageError) Error() string { return e.text }

// Misuse is a UsageError with its text.
func Misuse(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }
