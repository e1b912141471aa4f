/**
 * Text in lines of at most so many characters, broken between words, not before a percent sign; a longer word has a line of its own.
 *
 * @example wrapText("one two three", 7); // → ["one two", "three"]
 */
export function wrapText(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!%)/)) {
    const longer = [...lines.slice(-1), word].join(" ");
    if (lines.length > 0 && longer.length <= characters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
