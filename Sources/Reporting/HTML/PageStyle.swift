/// How HTML pages look and what they can do: all that is not content, inside of the page.
enum PageStyle {
    /// Nothing may be fetched, whatever the page holds.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

    /// Figures are drawn on white with all their colours; a dark page inverts lightness and keeps hues, and its ground is
    /// what white becomes.
    static let css = """
        :root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--faint:#59636e;--line:#d1d9e0;--shade:#f6f8fa;
        --link:#0757b5;--good:#116329;--bad:#b3261e;--open:#7a5200}
        @media(prefers-color-scheme:dark){:root{--ground:#141414;--text:#e4e6e8;--faint:#a0a7af;--line:#3a3f45;
        --shade:#1e2023;--link:#7ab7ff;--good:#5fd07a;--bad:#ff8b80;--open:#e5b95c}
        .plot svg{filter:invert(.92) hue-rotate(180deg)}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",
        "Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
        .page{max-width:1280px;margin:0 auto;padding:1rem 1.25rem 4rem}
        a{color:var(--link)}h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.35rem;margin:2.5rem 0 .75rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
        h3{font-size:1.1rem;margin:1.75rem 0 .5rem}p,ul{max-width:75ch;margin:.6rem 0}ul{padding-left:1.25rem}
        code{font:.86em ui-monospace,"DejaVu Sans Mono",monospace;background:var(--shade);border-radius:4px;
        padding:.1em .3em;overflow-wrap:anywhere}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem .5rem;padding:0;max-width:none}
        nav a{display:block;padding:.15rem .6rem;border:1px solid var(--line);border-radius:1rem;text-decoration:none;
        font-size:.88rem}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-size:.9rem;margin:.4rem 0}
        th,td{padding:.3rem .65rem;border-bottom:1px solid var(--line);vertical-align:top}
        td.n,th.n{text-align:right}td.n{white-space:nowrap;font-variant-numeric:tabular-nums}td.t,th.t{text-align:left}
        th{background:var(--shade);vertical-align:bottom;min-width:4.5rem}
        th button{all:unset;cursor:pointer;font-weight:600}th button:focus-visible{outline:2px solid var(--link)}
        th[aria-sort] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
        .caption{margin:1.2rem 0 .2rem}.foot{font-size:.85rem;color:var(--faint);margin:.1rem 0 1rem}
        details.table{margin:1rem 0}summary{cursor:pointer}
        figure{margin:1.5rem 0}.plot{overflow-x:auto}.plot svg{display:block;width:100%;height:auto}
        figcaption{font-size:.9rem;color:var(--faint);max-width:75ch;margin-top:.4rem}
        h3 .sign{display:inline-block;min-width:1.4em}.good .sign{color:var(--good)}.bad .sign{color:var(--bad)}
        .open .sign{color:var(--open)}
        table.cards td:first-child{white-space:nowrap}table.cards td{min-width:6rem}
        @media(max-width:720px){.page{padding:.5rem .9rem 3rem}table.cards thead{display:none}
        table.cards,table.cards tbody,table.cards tr,table.cards td{display:block;width:100%}
        table.cards tr{border:1px solid var(--line);border-radius:8px;padding:.5rem .75rem;margin:0 0 .75rem}
        table.cards td{border:0;padding:.1rem 0}table.cards td:first-child{font-weight:600}
        table.cards td[data-l]::before{content:attr(data-l) ": ";color:var(--faint)}}
        @media print{nav{display:none}details:not([open])>*{display:block}}
        """

    /// Sorts a table by the column whose heading is pressed: numbers by their value, empty cells last.
    static let script = """
        for(const table of document.querySelectorAll("table.sortable")){
        const heads=[...table.tHead.rows[0].cells];
        heads.forEach((head,column)=>head.firstElementChild.addEventListener("click",()=>{
        const down=head.getAttribute("aria-sort")==="ascending";
        heads.forEach(other=>other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort",down?"descending":"ascending");
        const key=row=>{const cell=row.cells[column];return cell.dataset.v??cell.textContent};
        const compare=(a,b)=>{const x=key(a),y=key(b);
        if(x===""||y==="")return (x==="")-(y==="");
        const number=Number(x)-Number(y);
        return (Number.isNaN(number)?x.localeCompare(y,undefined,{numeric:true}):number)*(down?-1:1)};
        const body=table.tBodies[0];
        body.append(...[...body.rows].sort(compare));
        }));
        }
        """
}
