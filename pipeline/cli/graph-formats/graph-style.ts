/** Readable in light, in dark, and on paper; states differ by shape of border as well as by colour. */
export const graphStyle = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#5b6470;--line:#c9d0d8;--edge:#7b8794;--fresh:#1a7f4b;--fresh-fill:#eaf6ef;--stale:#b54708;--stale-fill:#fdf0e3;--maybe:#8a6d00;--maybe-fill:#fbf6df;--blocked:#b42318;--blocked-fill:#fdebe9}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e6e9ec;--soft:#a3adb8;--line:#39414a;--edge:#8592a0;--fresh:#5bc98e;--fresh-fill:#16301f;--stale:#f0a35e;--stale-fill:#38240f;--maybe:#dcc25a;--maybe-fill:#2e290f;--blocked:#f28b82;--blocked-fill:#3a1a17}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1100px;padding:24px 20px 60px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:22px;margin:0}h2{font-size:17px;margin:32px 0 8px}header p{margin:2px 0 18px;color:var(--soft)}
figure{margin:0}figcaption{color:var(--soft);font-size:13px;margin-top:10px;line-height:2}
.scroll{overflow-x:auto}svg{display:block;margin:0 auto}
.edges path{fill:none;stroke:var(--edge);stroke-width:1.4;marker-end:url(#tip)}.edges .implied{opacity:.3;stroke-width:1}.edges .advisory{stroke-dasharray:4 4}.edges path:hover{stroke:var(--ink);opacity:1;stroke-width:2}
#tip path{fill:var(--edge)}
.shape{stroke-width:1.5;stroke:var(--line);fill:var(--paper)}.boxes a:hover .shape,.boxes a:focus .shape{stroke-width:3}
text{text-anchor:middle;fill:var(--ink);font:600 14px system-ui,sans-serif}.detail{font-weight:400;font-size:12px;fill:var(--soft)}
.fresh .shape{stroke:var(--fresh);fill:var(--fresh-fill)}.stale .shape{stroke:var(--stale);fill:var(--stale-fill)}.maybe .shape{stroke:var(--maybe);fill:var(--maybe-fill);stroke-dasharray:6 3}.blocked .shape{stroke:var(--blocked);fill:var(--blocked-fill)}
span.fresh,span.stale,span.maybe,span.blocked{padding:1px 7px;border:1px solid;border-radius:4px;white-space:nowrap}
span.fresh{color:var(--fresh);background:var(--fresh-fill)}span.stale{color:var(--stale);background:var(--stale-fill)}span.maybe{color:var(--maybe);background:var(--maybe-fill);border-style:dashed}span.blocked{color:var(--blocked);background:var(--blocked-fill)}
figcaption span{margin-right:4px}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid var(--line)}thead th{color:var(--soft);font-weight:600}th[scope=row]{font-weight:600;min-width:200px}small{font-weight:400;color:var(--soft)}.number{text-align:right;white-space:nowrap;padding-right:0}
a{color:inherit}tr:target{background:var(--maybe-fill)}
@media print{body{max-width:none}.scroll{overflow:visible}svg{max-width:100%;height:auto}}
`;
