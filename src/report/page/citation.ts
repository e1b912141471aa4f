import { escapeHtml } from "../escape-html.ts";

export const paperTitle = "Feature Fusion from Head to Tail for Long-Tailed Visual Recognition";

const paper = `@inproceedings{li2024feature,
  title     = {${paperTitle}},
  author    = {Li, Mengke and Hu, Zhikai and Lu, Yang and Lan, Weichao and Cheung, Yiu-ming and Huang, Hui},
  booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence},
  year      = {2024}
}`;

const kit = (version: string) => `@software{h2tkit,
  title   = {h2t-kit},
  author  = {{The h2t-kit authors}},
  version = {${version}},
  license = {MIT}
}`;

/** How to cite the paper, then the kit. */
export const citationOf = (version: string): string => `<section id="cite" aria-labelledby="cite-heading">
<h2 id="cite-heading">How to cite</h2>
<p>The paper:</p>
<pre tabindex="0">${escapeHtml(paper)}</pre>
<p>And this kit, as its <code>CITATION.cff</code> says:</p>
<pre tabindex="0">${escapeHtml(kit(version))}</pre>
</section>`;
