/** One restrained style sheet for every page: system fonts, one accent, words beside every colour. */
export const PAGE_STYLE = `
:root{--ink:#1b2330;--soft:#556072;--line:#dde2e9;--wash:#f5f7fa;--accent:#1d5f8a;--ref:#c2cad6;--cur:#1d5f8a;--gone:#b7791f;
--ok:#17653a;--ok-wash:#e9f5ee;--watch:#7d5200;--watch-wash:#fdf4e1;--act:#9d1f1b;--act-wash:#fdecea}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,.top,footer{max-width:72rem;margin:0 auto;padding:0 1.5rem}
.top{padding-top:2.25rem}
.kicker{margin:0;color:var(--soft);font-size:.875rem;letter-spacing:.02em}
h1{margin:.35rem 0 .75rem;font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;max-width:46rem}
h2{margin:3rem 0 .75rem;padding-top:1.25rem;border-top:1px solid var(--line);font-size:1.25rem;line-height:1.3;font-weight:650}
h3{margin:1.75rem 0 .5rem;font-size:1rem;font-weight:650}
p,ul,ol,dl{max-width:46rem}
p{margin:.6rem 0}
a{color:var(--accent)}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.lead{font-size:1.0625rem}
.soft,caption,figcaption,.note{color:var(--soft)}
.note{font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:1.25rem 0 0;padding:0;list-style:none;font-size:.9rem}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.ok{color:var(--ok);background:var(--ok-wash)}.watch{color:var(--watch);background:var(--watch-wash)}
.act{color:var(--act);background:var(--act-wash)}.none{color:var(--soft);background:var(--wash)}
.verdict{margin:1.25rem 0;padding:1rem 1.25rem;border-left:.3rem solid currentColor;border-radius:.25rem;max-width:52rem}
.verdict>*{color:var(--ink)}.verdict p:first-child{margin-top:0}.verdict :last-child{margin-bottom:0}
.verdict li{overflow-wrap:anywhere}
.verdict .badge{color:#fff;margin-right:.35rem}.verdict.ok .badge{background:var(--ok)}.verdict.watch .badge{background:var(--watch)}.verdict.act .badge{background:var(--act)}.verdict.none .badge{background:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0;max-width:none}
.tile{margin:0;padding:.85rem 1rem;border:1px solid var(--line);border-radius:.4rem}
.tile dt{color:var(--soft);font-size:.8125rem}
.tile dd{margin:0}
.tile .big{font-size:1.5rem;line-height:1.35;font-weight:600;font-variant-numeric:tabular-nums}
.tile .sub{color:var(--soft);font-size:.8125rem}
.scroll{overflow-x:auto;margin:.75rem 0 1.25rem}.slim{max-width:46rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{padding:0 0 .5rem;text-align:left;font-size:.875rem}
th,td{padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-size:.8125rem;font-weight:600;vertical-align:bottom}
tbody th{font-weight:500;overflow-wrap:break-word}
td.n,th.n{text-align:right}
td small,th small{display:block;color:var(--soft);font-size:.8125rem;font-weight:400}
figure{margin:0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.5rem;margin:1rem 0}
@media (min-width:64rem){.figures .wide{grid-column:1/-1}}
.figures svg,.figure svg{max-width:100%;height:auto;display:block}
figcaption{margin-top:.35rem;font-size:.875rem}
.hist{display:block;overflow:visible}
.hist .r{fill:var(--ref)}.hist .c{fill:var(--cur)}.hist .m{fill:var(--gone)}.hist .b{stroke:#8993a3;stroke-width:1}.hist .h{fill:transparent}
.key{display:flex;gap:.15rem 1.25rem;flex-wrap:wrap;max-width:none;color:var(--soft);font-size:.875rem}
.key svg{vertical-align:-.1em;margin-right:.3rem}
code,.mono{font:.85em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
dl.facts dt{font-weight:600;margin-top:.75rem}dl.facts dd{margin:.1rem 0 0}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--accent)}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
@media (max-width:44rem){
 main,.top,footer{padding-left:1rem;padding-right:1rem}
 h1{font-size:1.4rem}
 .tiles{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}
 .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .stack table,.stack tbody,.stack tr,.stack th,.stack td,.stack caption{display:block;text-align:left}
 .stack tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
 .stack th,.stack td{padding:.12rem 0;border:0}
 .stack tbody th{font-weight:650}
 .stack td[data-label]{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.5rem;overflow-wrap:anywhere}
 .stack th,.stack caption{overflow-wrap:anywhere}.stack .hist{max-width:100%;height:auto}
 .stack td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:.8125rem}
}
@media print{
 body{font-size:10.5pt}main,.top,footer{max-width:none;padding:0}nav{display:none}
 h2{break-after:avoid}tr,figure,.tile,.verdict{break-inside:avoid}.scroll{overflow:visible}a{color:inherit;text-decoration:none}
 details::details-content{content-visibility:visible;height:auto}details>*{display:revert}
 .hist path,.badge,.verdict{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
