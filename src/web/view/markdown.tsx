import type { ComponentChildren } from 'preact';

type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] };

const BULLET = /^[-*] (.*)$/;
const NUMBERED = /^\d+\. (.*)$/;

/** Splits our answers into paragraphs and lists. Nothing else of Markdown is used, so nothing else is read. */
export function parseBlocks(markdown: string): readonly Block[] {
  return markdown.split(/\n{2,}/).flatMap((chunk): Block[] => {
    const blocks: Block[] = [];
    for (const line of chunk.split('\n').filter((one) => one.trim() !== '')) {
      const bullet = BULLET.exec(line);
      const numbered = NUMBERED.exec(line);
      const item = bullet?.[1] ?? numbered?.[1];
      const last = blocks.at(-1);
      if (item === undefined) {
        if (last?.kind === 'paragraph') blocks.splice(-1, 1, { ...last, lines: [...last.lines, line] });
        else blocks.push({ kind: 'paragraph', lines: [line] });
      } else if (last?.kind === 'list' && last.ordered === (numbered !== null)) {
        blocks.splice(-1, 1, { ...last, items: [...last.items, item] });
      } else blocks.push({ kind: 'list', ordered: numbered !== null, items: [item] });
    }
    return blocks;
  });
}

/** `**bold**` becomes strong; every other sign is shown as it stands. */
function inline(text: string): ComponentChildren {
  return text.split(/\*\*(.+?)\*\*/g).map((part, i) => (i % 2 === 1 ? <strong>{part}</strong> : part));
}

/** Draws an answer. Text goes in as text: no HTML of a message is ever read. */
export function Markdown({ text }: { text: string }) {
  return (
    <>
      {parseBlocks(text).map((block) => {
        if (block.kind === 'paragraph')
          return <p>{block.lines.flatMap((line, i) => (i > 0 ? [<br />, inline(line)] : [inline(line)]))}</p>;
        const items = block.items.map((item) => <li>{inline(item)}</li>);
        return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
      })}
    </>
  );
}
