"""How a report looks: light or dark as the reader's system is, black on white on paper."""

from __future__ import annotations

from typing import Final

_LIGHT: Final = """
--page:#ffffff;--panel:#f5f5f7;--line:#d5d5d9;--text:#1c1c1f;--muted:#5b5b62;--accent:#205fb4;
--good:#1c7238;--good-soft:#e2f3e8;--warn:#7a4b00;--warn-soft:#fff1d6;--quiet-soft:#ececf0;
--danger:#b3261e;--danger-soft:#fdeceb;--first:#205fb4;--second:#b54708;--third:#6b3fa0;
--not-idc:#8fa3b8;--idc:#a3142c;"""

_DARK: Final = """
--page:#1a1a1c;--panel:#252528;--line:#3f3f44;--text:#ececee;--muted:#adadb4;--accent:#7db1ff;
--good:#72cf8f;--good-soft:#1d3526;--warn:#efb74e;--warn-soft:#3a2d12;--quiet-soft:#333338;
--danger:#ff938a;--danger-soft:#40211f;--first:#7db1ff;--second:#ffa05a;--third:#c3a0ff;
--not-idc:#8096ad;--idc:#ff7a8a;"""

_RULES: Final = """
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0;background:var(--page);color:var(--text);
 font:14px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 24px 48px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:18px;margin:40px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--line)}
h3{font-size:14px;margin:16px 0 8px}
p{margin:0 0 10px;max-width:76ch}
ul{margin:0 0 12px;padding-left:20px}li{margin:3px 0;max-width:76ch}
.muted,caption,figcaption,.small{color:var(--muted)}.small{font-size:12px}
.notice{border-left:4px solid var(--danger);background:var(--danger-soft);padding:10px 14px;
 margin:16px 0;max-width:none}
.warning{border-left:4px solid var(--warn);background:var(--warn-soft);padding:10px 14px;
 margin:16px 0;max-width:none}
.badge{display:inline-block;font-size:12px;font-weight:600;padding:2px 8px;margin:0 8px 4px 0;
 border-radius:4px;background:var(--quiet-soft);color:var(--text)}
.badge.good{background:var(--good-soft);color:var(--good)}
.badge.warn{background:var(--warn-soft);color:var(--warn)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(172px,1fr));gap:12px;
 margin:16px 0}
.card{background:var(--panel);border-radius:8px;padding:12px 14px}
.card b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
.card span{display:block;font-size:12px;color:var(--muted)}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0 0 12px}
caption{text-align:left;padding-bottom:6px;font-size:12px}
th,td{padding:5px 0 5px 20px;text-align:right;border-bottom:1px solid var(--line);
 vertical-align:top}
th:first-child{padding-left:0;min-width:6em;text-align:left;font-weight:400;overflow-wrap:anywhere}
thead th,thead th:first-child{font-weight:600;border-bottom:2px solid var(--line)}
td{white-space:nowrap}
td i{display:block;font-style:normal;font-size:12px;color:var(--muted);white-space:nowrap}
th i{display:block;font-style:normal;font-size:12px;color:var(--muted);max-width:44ch}
table.matrix td,table.matrix th{padding:8px 16px}
table.matrix td.right{background:var(--good-soft)}
table.matrix td.wrong{background:var(--warn-soft)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 20px;margin:0 0 12px}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
details{margin:0 0 12px}summary{cursor:pointer;color:var(--accent)}
.plots{display:grid;gap:28px 32px;
 grid-template-columns:repeat(auto-fit,minmax(min(400px,100%),1fr))}
figure{margin:0}figcaption{font-size:12px;margin-top:4px}
figcaption b{color:var(--text)}
svg{display:block;width:100%;height:auto;max-width:460px}
svg text{fill:var(--muted);font-size:11px}
svg text.name{fill:var(--text);font-size:12px}
svg .middle{text-anchor:middle}svg .end{text-anchor:end}
svg .grid{stroke:var(--line);stroke-width:.6}svg .axis{stroke:var(--muted)}
svg polyline{fill:none;stroke-width:2;stroke-linejoin:round}
svg .v0{stroke:var(--first)}svg .v1{stroke:var(--second);stroke-dasharray:7 3}
svg .v2{stroke:var(--third);stroke-dasharray:2 3}
svg .v3{stroke:var(--muted);stroke-dasharray:9 3 2 3}
svg .even{stroke:var(--muted);stroke-width:1;stroke-dasharray:3 3}
svg .at{stroke:var(--text);stroke-width:1.4;stroke-dasharray:5 3}
svg circle{stroke:var(--page);stroke-width:1.2}
svg circle.p0{fill:var(--first)}svg circle.p1{fill:var(--second)}
svg circle.p2{fill:var(--third)}svg circle.p3{fill:var(--muted)}
svg circle.patient{fill:var(--first);fill-opacity:.65}
svg rect.other{fill:var(--not-idc)}svg rect.idc{fill:url(#hatch);stroke:var(--idc)}
svg .hatch-ground{fill:var(--idc);fill-opacity:.22}svg .hatch-line{stroke:var(--idc);stroke-width:2}
.key{display:inline-block;width:22px;margin-right:6px;vertical-align:middle;
 border-top:3px solid var(--first)}
.key.k1{border-top:3px dashed var(--second)}.key.k2{border-top:3px dotted var(--third)}
.key.k3{border-top:3px dashed var(--muted)}
.key.box{height:10px;border:0;background:var(--not-idc)}
.key.stripes{height:10px;border:1px solid var(--idc);
 background:repeating-linear-gradient(45deg,var(--idc) 0 2px,transparent 2px 5px)}
.map{margin:0 0 24px}
.pair{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}
.pair figure{flex:1 1 300px;max-width:510px}
.pair img{display:block;width:100%;max-width:var(--wide,480px);height:auto;border-radius:4px}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line);color:var(--muted);
 font-size:12px}
@media print{
 @page{margin:14mm}
 main{max-width:none;padding:0}body{font-size:11px}
 th,td{padding-left:12px}td i,th i,caption,figcaption,.small{font-size:9px}
 h2{margin-top:24px}h2,h3{break-after:avoid}
 figure,.card,.map,.notice,.warning,tr{break-inside:avoid}thead{display:table-header-group}
 .plots{grid-template-columns:1fr 1fr}.wide{overflow:visible}
 .notice,.warning,.badge,.card,td{print-color-adjust:exact;-webkit-print-color-adjust:exact}
 details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}
}
"""

STYLE: Final = (
    f":root{{{_LIGHT}}}@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}}}{_RULES}"
)
"""The style sheet of the page; it refers to nothing outside of it."""
