module httptrace-go

go 1.19
