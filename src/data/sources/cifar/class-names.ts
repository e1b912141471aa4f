import { FailureError } from "../../../errors.ts";

/** CIFAR-10's classes by number. @source www.cs.toronto.edu/~kriz/cifar.html, `batches.meta.txt`. */
export const cifar10Classes = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** CIFAR-100's fine classes by number. @source www.cs.toronto.edu/~kriz/cifar.html, `fine_label_names.txt`. */
export const cifar100Classes = (
  "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle " +
  "caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish " +
  "forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle " +
  "mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine " +
  "possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar " +
  "sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe whale " +
  "willow_tree wolf woman worm"
).split(" ");

/** Official class names by the other names that copies of the CIFAR sets use. */
export const cifarSynonyms: Readonly<Record<string, string>> = {
  plane: "airplane",
  aeroplane: "airplane",
  car: "automobile",
  auto: "automobile",
  // From the published web page and from other exports.
  cra: "crab",
  computer_keyboard: "keyboard",
  maple: "maple_tree",
  oak: "oak_tree",
  palm: "palm_tree",
  pine: "pine_tree",
  willow: "willow_tree",
  plains: "plain",
  bottles: "bottle",
  bowls: "bowl",
  cans: "can",
  cups: "cup",
  plates: "plate",
  apples: "apple",
  mushrooms: "mushroom",
  oranges: "orange",
  pears: "pear",
  sweet_peppers: "sweet_pepper",
  orchids: "orchid",
  poppies: "poppy",
  roses: "rose",
  sunflowers: "sunflower",
  tulips: "tulip",
};

/**
 * Maps folder names to class numbers. Accepts official names, known synonyms, and numbers.
 *
 * Ignores case, and treats spaces and hyphens as underscores. Sorting the names instead would silently give wrong numbers,
 * since `10` sorts before `2`, and `plane` after `horse`.
 *
 * @param folders - distinct names of class folders, in any order.
 * @param official - class names by number.
 * @param synonyms - official names by other names.
 * @throws {FailureError} CLASS_UNKNOWN if a name is unknown, or CLASS_TWICE if two folders have the same class.
 * @example officialClasses(["2", "0", "1"], ["ant", "bee", "cow"], {}); // → Map { "2" → 2, "0" → 0, "1" → 1 }
 */
export function officialClasses(
  folders: readonly string[],
  official: readonly string[],
  synonyms: Readonly<Record<string, string>>,
): ReadonlyMap<string, number> {
  const number = folders.every((name) => /^\d+$/.test(name))
    ? numbersAsClasses(folders, official.length)
    : (name: string) => namedClass(name, official, synonyms);
  const classes = new Map<string, number>();
  const owners = new Map<number, string>();
  for (const name of folders) {
    const label = number(name);
    const other = owners.get(label);
    if (other !== undefined) {
      throw new FailureError({
        code: "CLASS_TWICE",
        problem: `the folders ${other} and ${name} are both class ${label}, ${official[label]}`,
        fix: "join the two folders, or remove one",
      });
    }
    owners.set(label, name);
    classes.set(name, label);
  }
  return classes;
}

/** Maps folders numbered from 0 or from 1 to classes. */
function numbersAsClasses(folders: readonly string[], numClasses: number): (name: string) => number {
  const values = folders.map(Number);
  const first = Math.min(...values);
  const isComplete = first <= 1 && Math.max(...values) === first + numClasses - 1;
  if (!isComplete || folders.length !== numClasses) {
    throw new FailureError({
      code: "CLASS_UNKNOWN",
      problem: `expected folders 0 … ${numClasses - 1} or 1 … ${numClasses}, got ${folders.length}: ${abridged(folders)}`,
      fix: "name the folders by the official class names",
    });
  }
  return (name) => Number(name) - first;
}

function namedClass(
  name: string,
  official: readonly string[],
  synonyms: Readonly<Record<string, string>>,
): number {
  const key = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const label = official.indexOf(key);
  if (label >= 0) return label;
  const synonym = Object.hasOwn(synonyms, key) ? official.indexOf(synonyms[key] as string) : -1;
  if (synonym >= 0) return synonym;
  throw new FailureError({
    code: "CLASS_UNKNOWN",
    problem: `the folder ${name} is not a class of this data set`,
    fix: `rename it to one of the ${official.length} classes: ${abridged(official)}`,
  });
}

const abridged = (names: readonly string[]) =>
  names.length > 12 ? `${names.slice(0, 11).join(", ")}, …` : names.join(", ");
