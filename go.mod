module hourglass

go 1.26
