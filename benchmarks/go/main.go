// Go's net/http under the workloads of the harness, measured and reported as its worker does.
package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type workload struct {
	proto string // h1, h1_tls, h2_tls
	op    string // get, post, download
	conc  int
	path  string
	body  int
	resp  int
}

var workloads = map[string]workload{
	"sync1pin":   {"h1", "get", 1, "/hello", 0, 100},
	"sync1":      {"h1", "get", 1, "/hello", 0, 100},
	"sync32":     {"h1", "get", 32, "/hello", 0, 100},
	"async64":    {"h1", "get", 64, "/hello", 0, 100},
	"h2async64":  {"h2_tls", "get", 64, "/hello", 0, 100},
	"get1m":      {"h1", "download", 1, "/1m", 0, 1 << 20},
	"cold":       {"h1_tls", "get", 1, "/close", 0, 100},
	"post1k":     {"h1", "post", 1, "/echo", 1024, 1024},
	"tls1":       {"h1_tls", "get", 1, "/hello", 0, 100},
	"h2sync1":    {"h2_tls", "get", 1, "/hello", 0, 100},
}

const sub = 64

type histogram struct {
	counts [sub * 42]int64
	max    int64
}

func (h *histogram) record(v int64) {
	if v > h.max {
		h.max = v
	}
	i := int(v)
	if v >= sub {
		e := bits.Len64(uint64(v)) - 1
		i = (e-6+1)*sub + int(v>>(e-6)) - sub
		if i >= len(h.counts) {
			i = len(h.counts) - 1
		}
	}
	h.counts[i]++
}

func value(i int) float64 {
	if i < sub {
		return float64(i)
	}
	e := i/sub - 1 + 6
	return float64((int64(i%sub)+sub)<<(e-6)) + float64(int64(1)<<(e-6))/2
}

func (h *histogram) percentile(p float64) float64 {
	var total, seen int64
	for _, c := range h.counts {
		total += c
	}
	want := int64(float64(total)*p/100 + 0.999999)
	for i, c := range h.counts {
		seen += c
		if seen >= want && c > 0 {
			v := value(i)
			if v > float64(h.max) {
				v = float64(h.max)
			}
			return v
		}
	}
	return float64(h.max)
}

type slot struct {
	hist  histogram
	count int64
	_     [64]byte
}

// trace records a time for every hook of one request.
type trace struct {
	at [40]int64
	n  int32
	mu sync.Mutex
}

var base = time.Now()

func (t *trace) mark() {
	now := int64(time.Since(base))
	t.mu.Lock() // hooks may run on several goroutines
	if int(t.n) < len(t.at) {
		t.at[t.n] = now
		t.n++
	}
	t.mu.Unlock()
}

func (t *trace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:              func(string) { t.mark() },
		GotConn:              func(httptrace.GotConnInfo) { t.mark() },
		PutIdleConn:          func(error) { t.mark() },
		GotFirstResponseByte: func() { t.mark() },
		Got100Continue:       func() { t.mark() },
		Got1xxResponse:       func(int, textproto.MIMEHeader) error { t.mark(); return nil },
		DNSStart:             func(httptrace.DNSStartInfo) { t.mark() },
		DNSDone:              func(httptrace.DNSDoneInfo) { t.mark() },
		ConnectStart:         func(string, string) { t.mark() },
		ConnectDone:          func(string, string, error) { t.mark() },
		TLSHandshakeStart:    func() { t.mark() },
		TLSHandshakeDone:     func(tls.ConnectionState, error) { t.mark() },
		WroteHeaderField:     func(string, []string) { t.mark() },
		WroteHeaders:         func() { t.mark() },
		Wait100Continue:      func() { t.mark() },
		WroteRequest:         func(httptrace.WroteRequestInfo) { t.mark() },
	}
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 65536); return &b }}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

func stats(port string) map[string]int64 {
	c, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		fail(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	c.Write([]byte("STATS\n"))
	b, err := io.ReadAll(c)
	if err != nil {
		fail(err)
	}
	m := map[string]int64{}
	for _, kv := range strings.Fields(string(b)) {
		k, v, _ := strings.Cut(kv, "=")
		m[k], _ = strconv.ParseInt(v, 10, 64)
	}
	return m
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	fmt.Printf("RESULT status=error error=%s\n", strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool {
		return r == ' ' || r == ',' || r == '=' || r == '"' || r == '\n'
	}), "_"))
	os.Exit(1)
}

func procStat() (busy, steal int64) {
	b, _ := os.ReadFile("/proc/stat")
	f := strings.Fields(strings.SplitN(string(b), "\n", 2)[0])
	n := func(i int) int64 { v, _ := strconv.ParseInt(f[i], 10, 64); return v * 10_000_000 }
	return n(1) + n(2) + n(3) + n(6) + n(7), n(8)
}

func statusKb(key string) float64 {
	b, _ := os.ReadFile("/proc/self/status")
	for _, l := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(l, key) {
			v, _ := strconv.ParseFloat(strings.Fields(l)[1], 64)
			return v
		}
	}
	return -1
}

type snapshot struct {
	server             map[string]int64
	wall               time.Time
	user, sys          int64
	busy, steal, total int64
	gcs                int64
	gcNs               int64
	requests           int64
}

func snap(port string, slots []*slot) snapshot {
	var s snapshot
	s.server = stats(port)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.total, s.gcs, s.gcNs = int64(m.TotalAlloc), int64(m.NumGC), int64(m.PauseTotalNs)
	s.busy, s.steal = procStat()
	var ru syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &ru)
	s.user, s.sys = ru.Utime.Nano(), ru.Stime.Nano()
	for _, sl := range slots {
		s.requests += atomic.LoadInt64(&sl.count)
	}
	s.wall = time.Now()
	return s
}

func main() {
	a := map[string]string{}
	for i := 1; i+1 < len(os.Args); i += 2 {
		a[os.Args[i]] = os.Args[i+1]
	}
	w, ok := workloads[a["--workload"]]
	if !ok {
		fmt.Println("RESULT status=unsupported")
		return
	}
	opts, _ := url.ParseQuery(a["--options"])
	traced := opts.Get("trace") == "1"
	scheme := "http"
	tr := &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256}
	if w.proto != "h1" {
		scheme = "https"
		pem, err := os.ReadFile(a["--certificates"] + "/server.pem")
		if err != nil {
			fail(err)
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		tr.TLSClientConfig = &tls.Config{RootCAs: pool}
		tr.ForceAttemptHTTP2 = w.proto == "h2_tls"
	}
	client := &http.Client{Transport: tr}
	target := scheme + "://127.0.0.1:" + a["--port"] + w.path

	once := func(body []byte) (int64, error) {
		ctx := context.Background()
		if traced {
			ctx = httptrace.WithClientTrace(ctx, (&trace{}).hooks())
		}
		method, rd := "GET", io.Reader(nil)
		if w.op == "post" {
			method, rd = "POST", bytes.NewReader(body)
		}
		req, err := http.NewRequestWithContext(ctx, method, target, rd)
		if err != nil {
			return 0, err
		}
		resp, err := client.Do(req)
		if err != nil {
			return 0, err
		}
		defer resp.Body.Close()
		if resp.StatusCode != 200 {
			return 0, errors.New(resp.Status)
		}
		if w.proto == "h2_tls" && resp.ProtoMajor != 2 {
			return 0, errors.New("not HTTP/2")
		}
		if w.op == "download" {
			b := buffers.Get().(*[]byte)
			defer buffers.Put(b)
			var c counter
			for {
				n, err := resp.Body.Read(*b)
				c.n += int64(n)
				if err == io.EOF {
					return c.n, nil
				}
				if err != nil {
					return 0, err
				}
			}
		}
		all, err := io.ReadAll(resp.Body)
		return int64(len(all)), err
	}

	t0 := time.Now()
	n, err := once(make([]byte, w.body))
	if err != nil {
		fail(err)
	}
	if n != int64(w.resp) {
		fail(fmt.Errorf("first body of %d bytes", n))
	}
	firstMs := float64(time.Since(t0)) / 1e6

	var phase, errs int32
	var firstErr atomic.Value
	slots := make([]*slot, w.conc)
	var wg sync.WaitGroup
	for i := range slots {
		s := &slot{}
		slots[i] = s
		wg.Add(1)
		go func() {
			defer wg.Done()
			body := make([]byte, w.body)
			for atomic.LoadInt32(&phase) != 2 {
				start := time.Now()
				n, err := once(body)
				d := time.Since(start)
				if err == nil && n != int64(w.resp) {
					err = fmt.Errorf("body of %d bytes", n)
				}
				if err != nil {
					if atomic.AddInt32(&errs, 1) == 1 {
						firstErr.Store(err.Error())
						fmt.Fprintln(os.Stderr, err)
					}
					if atomic.LoadInt32(&errs) >= 20 {
						atomic.StoreInt32(&phase, 2)
					}
					continue
				}
				atomic.AddInt64(&s.count, 1)
				if atomic.LoadInt32(&phase) == 1 {
					s.hist.record(int64(d))
				}
			}
		}()
	}
	seconds := func(k string) time.Duration {
		v, _ := strconv.ParseFloat(a[k], 64)
		return time.Duration(v * 1e9)
	}
	time.Sleep(seconds("--warm-up"))
	runtime.GC()
	time.Sleep(200 * time.Millisecond)
	s0 := snap(a["--counters-port"], slots)
	atomic.CompareAndSwapInt32(&phase, 0, 1)
	time.Sleep(seconds("--window"))
	s1 := snap(a["--counters-port"], slots)
	aborted := atomic.LoadInt32(&phase) == 2
	atomic.StoreInt32(&phase, 2)
	threads := statusKb("Threads:")
	wg.Wait()

	var h histogram
	for _, s := range slots {
		for i, c := range s.hist.counts {
			h.counts[i] += c
		}
		if s.hist.max > h.max {
			h.max = s.hist.max
		}
	}
	secs := s1.wall.Sub(s0.wall).Seconds()
	reqs := s1.requests - s0.requests
	per := 1.0
	status := "ok"
	if reqs > 0 {
		per = 1 / float64(reqs)
	}
	if aborted || reqs == 0 {
		status = "error"
	}
	cpu := float64(s1.user + s1.sys - s0.user - s0.sys)
	serverCpu := float64(s1.server["cpu_ns"] - s0.server["cpu_ns"])
	other := float64(s1.busy-s0.busy) - cpu - serverCpu
	if other < 0 {
		other = 0
	}
	var o strings.Builder
	put := func(k string, v float64) { fmt.Fprintf(&o, " %s=%.3f", k, v) }
	o.WriteString("RESULT status=" + status + " java=" + runtime.Version())
	put("seconds", secs)
	fmt.Fprintf(&o, " requests=%d errors=%d", reqs, errs)
	if e := firstErr.Load(); e != nil {
		o.WriteString(" error=" + strings.NewReplacer(" ", "_", ",", "_", "=", "_", "\"", "_").Replace(e.(string)))
	}
	put("rps", float64(reqs)/secs)
	put("mb_s", float64(reqs)/secs*float64(w.resp)/1e6)
	put("cpu_us", cpu/1e3*per)
	put("user_us", float64(s1.user-s0.user)/1e3*per)
	put("sys_us", float64(s1.sys-s0.sys)/1e3*per)
	put("p50_us", h.percentile(50)/1e3)
	put("p90_us", h.percentile(90)/1e3)
	put("p99_us", h.percentile(99)/1e3)
	put("p999_us", h.percentile(99.9)/1e3)
	put("max_us", float64(h.max)/1e3)
	put("alloc_b", float64(s1.total-s0.total)*per)
	put("heap_b", float64(s1.total-s0.total)*per)
	fmt.Fprintf(&o, " gc_count=%d", s1.gcs-s0.gcs)
	put("gc_ms", float64(s1.gcNs-s0.gcNs)/1e6)
	o.WriteString(" jit_ms=0 jit_cpu_us=0")
	put("warm_s", seconds("--warm-up").Seconds())
	o.WriteString(" windows=1")
	put("first_ms", firstMs)
	put("peak_rss_mb", statusKb("VmHWM:")/1024)
	put("threads", threads)
	fmt.Fprintf(&o, " new_conns=%d open_conns=%d resumed=%d server_reqs=%d",
		s1.server["conns_"+w.proto]-s0.server["conns_"+w.proto], s1.server["open_"+w.proto],
		s1.server["resumed"]-s0.server["resumed"], s1.server["reqs_"+w.proto]-s0.server["reqs_"+w.proto])
	put("server_cpu_us", serverCpu/1e3*per)
	put("other_cpu_pct", 100*other/1e9/secs)
	put("steal_pct", 100*float64(s1.steal-s0.steal)/1e9/secs)
	o.WriteString(" drained=1")
	fmt.Println(o.String())
}
