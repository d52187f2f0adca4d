package io.httptrace.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * How the page looks. Colours have names, which stand for others on a dark page.
 *
 * @param sheet the style sheet
 */
record PageStyle(String sheet) {
  private static final String COLORS =
      """
      :root{color-scheme:light dark;--page:#f4f6f8;--card:#fff;--text:#1b2229;--faint:#5b6672;
      --line:#e2e7ec;--grid:#edf0f3;--row:#f6f8fa;--good:#116329;--warn:#8a5a00;--bad:#c4202b;
      --good-bg:#dcf5e3;--warn-bg:#fdf0cc;--bad-bg:#fde3e1;--tip:#1b2229;--tip-text:#f4f6f8;
      --tip-faint:#a9b4bf;--focus:#0969da;--queue:#8c959f;--dns:#1b8a94;--connect:#c58a00;
      --proxy:#e16f24;--tls:#8250df;--request:#2da44e;--wait:#1f6feb;--response:#54aeff;
      --client:#c3cad1}
      @media(prefers-color-scheme:dark){:root{--page:#0d1117;--card:#151b23;--text:#e6edf3;
      --faint:#929da9;--line:#2b333d;--grid:#212932;--row:#1b222c;--good:#56d364;--warn:#e3b341;
      --bad:#ff7b72;--good-bg:#12351f;--warn-bg:#3a2d0c;--bad-bg:#451a1c;--tip:#e6edf3;
      --tip-text:#151b23;--tip-faint:#55606c;--focus:#58a6ff;--queue:#7d8590;--dns:#39c5cf;
      --connect:#e3b341;--proxy:#f0883e;--tls:#a37bf5;--request:#3fb950;--wait:#4c8dff;
      --response:#8cc8ff;--client:#48525e}}
      """;

  private static final String TEXT =
      """
      *{box-sizing:border-box}
      body{margin:0;padding:2rem 1.25rem 3rem;background:var(--page);color:var(--text);
      font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
      font-variant-numeric:tabular-nums}
      main,header,footer{max-width:70rem;margin:0 auto}
      h1{font-size:1.05rem;font-weight:600;margin:0;color:var(--faint)}
      header p,footer{color:var(--faint);margin:.1rem 0 0;font-size:.87rem}
      footer{margin-top:1.5rem}
      h2{font-size:1.25rem;line-height:1.35;margin:0 0 .7rem;overflow-wrap:anywhere;font-weight:650}
      h4{font-size:.78rem;margin:0 0 .35rem;color:var(--faint);font-weight:650;
      text-transform:uppercase;letter-spacing:.05em}
      section.call{background:var(--card);border:1px solid var(--line);border-radius:12px;
      padding:1.4rem 1.5rem 1.2rem;margin-top:1.2rem}
      code,.mono{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
      .method{color:var(--faint);font-weight:500;margin-right:.45em}
      .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      """;

  private static final String FIGURES =
      """
      ul.chips{display:flex;flex-wrap:wrap;gap:.45rem;list-style:none;margin:0;padding:0}
      ul.chips li{border:1px solid var(--line);border-radius:999px;padding:.12rem .7rem;
      font-size:.87rem;overflow-wrap:anywhere}
      ul.chips li.good{background:var(--good-bg);border-color:transparent;color:var(--good);font-weight:600}
      ul.chips li.warn{background:var(--warn-bg);border-color:transparent;color:var(--warn);font-weight:600}
      ul.chips li.bad{background:var(--bad-bg);border-color:transparent;color:var(--bad);font-weight:600}
      .shares{margin:1.3rem 0 0}
      .shares>svg{display:block;width:100%;height:12px;border-radius:6px;background:var(--grid)}
      .shares ul{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;list-style:none;margin:.6rem 0 0;
      padding:0;font-size:.87rem}
      .shares li svg{width:10px;height:10px;margin-right:.45em}
      .shares b{font-weight:600}.shares span{color:var(--faint)}
      .queue{fill:var(--queue)}.dns{fill:var(--dns)}.connect{fill:var(--connect)}
      .proxy-tls,.proxy{fill:var(--proxy)}.tls{fill:var(--tls)}.request{fill:var(--request)}
      .wait{fill:var(--wait)}.response{fill:var(--response)}.client{fill:var(--client)}
      .total{fill:var(--text)}.given-up{opacity:.45}rect.failed{fill:var(--bad)}
      """;

  private static final String WATERFALL =
      """
      table{border-collapse:collapse;width:100%}
      th{font-weight:500;text-align:left}
      table.waterfall{margin-top:1.3rem;table-layout:fixed;font-size:.9rem}
      .waterfall col.name{width:6.2rem}.waterfall col.time{width:7.8rem}.waterfall col.what{width:27%}
      .waterfall thead th{color:var(--faint);font-size:.8rem;padding:0}
      .waterfall td,.waterfall tbody th,.waterfall tfoot th{padding:0;height:28px}
      .waterfall .time{text-align:right;white-space:nowrap;padding-right:1rem}
      .waterfall td.what{color:var(--faint);font-size:.83rem;overflow:hidden;text-overflow:ellipsis;
      white-space:nowrap}
      .waterfall td.bar{position:relative}
      .waterfall svg{display:block;width:100%;height:28px;overflow:visible;border-radius:3px}
      .waterfall thead svg{height:22px}
      .waterfall line{stroke:var(--grid)}
      .waterfall text{fill:var(--faint);font-size:11px}
      .waterfall tbody.phases tr:hover{background:var(--row)}
      .waterfall tbody th.leg{white-space:normal;padding:.9rem 0 .3rem;height:auto;font-weight:600;overflow-wrap:anywhere}
      .waterfall th.leg span{color:var(--faint);font-weight:500}
      .waterfall tfoot th,.waterfall tfoot td.time{font-weight:650}
      .waterfall tbody th{white-space:nowrap}
      .waterfall tbody tr.part th{padding-left:.9rem;color:var(--faint);overflow:hidden;text-overflow:ellipsis}
      .waterfall th.failed{color:var(--bad);font-weight:600}
      svg:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
      .tip{position:absolute;z-index:2;top:30px;min-width:15rem;max-width:26rem;padding:.6rem .8rem;
      border-radius:8px;background:var(--tip);color:var(--tip-text);font-size:.83rem;
      box-shadow:0 6px 20px rgba(0,0,0,.25);visibility:hidden;opacity:0;transition:opacity .12s;
      pointer-events:none}
      .tip.left{left:0}.tip.right{right:0}
      tr:hover>td>.tip,td:focus-within>.tip{visibility:visible;opacity:1}
      .tip p{margin:0 0 .3rem;font-weight:600}
      .tip dl{display:grid;grid-template-columns:auto 1fr;gap:.05rem .8rem;margin:0}
      .tip dt{color:var(--tip-faint)}.tip dd{margin:0;overflow-wrap:anywhere}
      """;

  private static final String TABLES =
      """
      details{border-top:1px solid var(--line);margin-top:1.1rem}
      details+details{margin-top:0}
      summary{cursor:pointer;padding:.6rem 0;font-weight:600;font-size:.92rem;overflow-wrap:anywhere}
      summary span{color:var(--faint);font-weight:500}
      summary:focus-visible{outline:2px solid var(--focus);border-radius:4px}
      .sheets{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.3rem 2.2rem;
      padding:.2rem 0 1.2rem}
      .sheets .wide{grid-column:1/-1}
      table.facts,table.list{font-size:.87rem}
      .facts th,.facts td,.list th,.list td{padding:.22rem .9rem .22rem 0;vertical-align:top;
      border-bottom:1px solid var(--grid);overflow-wrap:anywhere}
      .facts th{color:var(--faint);width:38%}
      .list thead th{color:var(--faint);font-size:.8rem}
      .list .number{text-align:right;white-space:nowrap}
      .none{color:var(--faint);margin:0;font-size:.87rem}
      @media(max-width:46rem){body{padding:1rem .6rem}section.call{padding:1rem .9rem}
      .sheets{grid-template-columns:minmax(0,1fr)}.waterfall col.what,.waterfall .what{display:none}
      .waterfall col.name{width:5.6rem}.waterfall col.time{width:6.2rem}
      .waterfall .time{padding-right:0}
      .waterfall thead text:not(:first-child):not(:last-child){display:none}}
      @media print{body{background:#fff;padding:0}section.call{border:0;padding:0}.tip{display:none}}
      @media(prefers-reduced-motion:reduce){.tip{transition:none}}
      """;

  /** The only one there is. */
  static final PageStyle ONLY = new PageStyle("\n" + COLORS + TEXT + FIGURES + WATERFALL + TABLES);

  /** {@return the policy that allows this style sheet, and nothing else at all} */
  String policy() {
    return "default-src 'none'; style-src 'sha256-"
        + hash()
        + "'; base-uri 'none'; form-action 'none'";
  }

  private String hash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(sheet.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
