/// The style of the page: light and dark as the reader has it, narrow and wide, and on paper.
let pageStyle = """
    :root{--bg:#fff;--soft:#f6f8fa;--fg:#1c2128;--muted:#59636e;--line:#d6dbe1;--link:#0b5cad;--left:#0b5cad;--right:#c2410c;--slack:#6d28d9;--tube:#0f766e;--phase:#eef2f6;--good:#166534;--goodbg:#e7f6ec;--bad:#a31621;--badbg:#fdebec;--amber:#8a5300;--amberbg:#fff4dc;--grey:#59636e;--teal:#0f6b66}
    @media (prefers-color-scheme:dark){:root{--bg:#0f1318;--soft:#171c23;--fg:#e4e8ed;--muted:#9aa5b1;--line:#303842;--link:#79b8ff;--left:#6cb2ff;--right:#ff9b5e;--slack:#c4a7ff;--tube:#5fd3c4;--phase:#181f28;--good:#6fdc8c;--goodbg:#12291a;--bad:#ff8f8f;--badbg:#3a1619;--amber:#f3c36b;--amberbg:#33260d;--grey:#9aa5b1;--teal:#6fd6cf}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:72rem;padding:1.5rem 1.25rem 3rem;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,input:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.4rem .8rem;z-index:1}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .tool{margin:0;color:var(--muted);font-size:.9rem;letter-spacing:.02em}
    h1{font-size:1.7rem;line-height:1.25;margin:.1rem 0 .8rem;text-wrap:balance}
    h2{font-size:1.35rem;line-height:1.3;margin:2.4rem 0 .4rem}
    h3{font-size:1.1rem;margin:2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
    h4{font-size:1rem;margin:0 0 .5rem;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
    p{margin:.5rem 0}
    .muted{color:var(--muted);font-size:.9rem}
    .conclusion{display:inline-block;font-weight:600;margin:0 0 .6rem;padding:.3rem .8rem;border-radius:.5rem}
    .conclusion.good{color:var(--good);background:var(--goodbg)}.conclusion.bad{color:var(--bad);background:var(--badbg)}
    .chips{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:0;padding:0}
    .chip{border:1px solid var(--line);border-radius:999px;padding:.1rem .75rem;font-size:.9rem}
    .chip.proved,.v.proved{color:var(--good)}.chip.consistent,.v.consistent{color:var(--teal)}.chip.refuted,.v.refuted{color:var(--bad)}.chip.undecided,.v.undecided{color:var(--amber)}.chip.vacuous,.v.vacuous{color:var(--grey)}
    .v{white-space:nowrap}.v.bad{font-weight:700;background:var(--badbg);color:var(--bad)}
    span.v.bad{padding:.1rem .45rem;border-radius:.3rem}
    nav{margin-top:1rem}nav ul{columns:16rem;margin:.4rem 0;padding-left:1.2rem}nav ul ul{columns:auto}nav li{break-inside:avoid-column}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em;overflow-wrap:anywhere}
    pre{margin:.5rem 0;padding:.6rem .8rem;background:var(--soft);border:1px solid var(--line);border-radius:.4rem;white-space:pre-wrap}
    .sources{margin:.3rem 0;padding-left:1.2rem}
    .note,.warning{margin:.5rem 0;padding:.4rem .8rem;border-left:3px solid var(--line);background:var(--soft);font-size:.95rem}
    .warning{border-color:var(--amber);background:var(--amberbg)}
    .scroll{overflow-x:auto;margin:.5rem 0}
    table{border-collapse:collapse;font-size:.9rem}
    caption{text-align:left;color:var(--muted);font-size:.85rem;padding:.2rem 0 .4rem}.legend{font-size:.85rem}.legend .v{margin-right:.7rem;display:inline-block}
    th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    thead th{color:var(--muted);font-weight:600;font-size:.85rem;vertical-align:bottom}
    tbody th{font-weight:500}
    td{font-variant-numeric:tabular-nums}td.number{white-space:nowrap}td.wide{min-width:14rem}.claim table{min-width:min(100%,34rem)}
    tr.detail td{padding:0 .7rem .5rem 1.6rem;color:var(--muted);max-width:0;width:100%}tr.detail div{max-width:min(100%,100vw - 6rem);overflow-wrap:anywhere}
    tr:has(+ tr.detail)>*{border-bottom:0}
    table.verdicts td{text-align:center}table.verdicts tbody th{white-space:nowrap;position:sticky;left:0;background:var(--bg)}
    table.verdicts thead th:first-child{position:sticky;left:0;background:var(--bg)}
    th.tall span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-weight:500}
    .claim{content-visibility:auto;contain-intrinsic-size:auto 45rem;margin:1rem 0;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:.6rem}
    .tag{display:inline-block;margin-left:.4rem;padding:0 .5rem;border:1px solid var(--line);border-radius:999px;color:var(--muted);font:500 .78rem/1.6 system-ui,sans-serif}
    blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid var(--left);font-size:1.05rem}
    summary{cursor:pointer;padding:.25rem 0}details.run,details.counterexample{border-bottom:1px solid var(--line);padding:.2rem 0}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem;align-items:start}
    figure{margin:.5rem 0;max-width:36rem;min-width:0}
    figcaption{font-size:.85rem;line-height:1.5;overflow-wrap:anywhere}
    svg{display:block;width:100%;height:auto;overflow:visible}
    svg svg{overflow:hidden}
    svg text{fill:var(--muted);font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums}
    svg text.x,svg text.event{text-anchor:middle}svg text.y{text-anchor:end}
    svg text.event{fill:var(--fg);font-size:11px}
    .grid path{stroke:var(--line);stroke-width:1;fill:none}.grid path.zero{stroke:var(--muted)}
    .axis{stroke:var(--muted);fill:none}.event{stroke:none}path.event{stroke:var(--muted);stroke-dasharray:2 3;fill:none}
    .phase{fill:var(--phase)}.failure{fill:var(--bad);opacity:.3}svg text.place{fill:var(--fg);font-size:11px;paint-order:stroke;stroke:var(--bg);stroke-width:3px}svg text.place.late{text-anchor:end}
    .line{fill:none;stroke-width:1.8;stroke-linejoin:round}.line.thin{stroke-width:1}
    .line.left{stroke:var(--left)}.line.right{stroke:var(--right);stroke-dasharray:6 3}.line.slack{stroke:var(--slack)}.line.tube{stroke:var(--tube)}
    .band{opacity:.25;stroke:none}.band.left,.dot.left{fill:var(--left)}.line.wedge{stroke:none}.band.wedge{opacity:.14}.band.right,.dot.right{fill:var(--right)}.band.slack,.dot.slack{fill:var(--slack)}.band.tube,.dot.tube{fill:var(--tube)}
    .key{display:inline-block;width:1.6em;vertical-align:.25em;border-top:2.5px solid var(--left)}.key.failed{border-top:.7em solid var(--bad);opacity:.3;vertical-align:0}.key.right{border-top:2.5px dashed var(--right)}
    .axes{border:0;margin:0;padding:0;font-size:.85rem;display:flex;gap:.9rem}
    .axes legend{float:left;padding:0;margin-right:.9rem;color:var(--muted)}
    .plot:has(input[value=lin]:checked)>:is(.logy,.loglog),.plot:has(input[value=logy]:checked)>:is(.lin,.loglog),.plot:has(input[value=loglog]:checked)>:is(.lin,.logy){display:none}
    footer{margin-top:3rem;border-top:1px solid var(--line)}
    .facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;font-size:.9rem}.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
    @media (max-width:40rem){body{padding:1rem .9rem 2rem}h1{font-size:1.35rem}.claim{padding:.8rem .75rem}th,td{padding:.3rem .5rem}svg text{font-size:15px}svg text.event{font-size:14px}}
    @media print{h2,h3,h4,summary{break-after:avoid}body{max-width:none;font-size:10.5pt;padding:0}.skip,nav,.axes{display:none}summary{list-style:none;font-weight:600}details::details-content{display:block;content-visibility:visible}.claim{content-visibility:visible}.claim,figure,table{break-inside:avoid}.claim:has(.figures){break-inside:auto}a{color:inherit;text-decoration:none}.scroll{overflow:visible}.figures{grid-template-columns:1fr 1fr}}

    """
