import {
  describeStageOne,
  describeStageTwo,
  type Phrases,
} from "../../src/experiments/methods/describe-recipe.ts";
import type { Method, Recipe, Setting } from "../../src/experiments/methods/method.ts";

const datasets = { cifar10: "CIFAR-10", cifar100: "CIFAR-100" } as const;
const ratios = [200, 100, 50] as const;
const settings: readonly Setting[] = (["cifar10", "cifar100"] as const).flatMap((dataset) =>
  ratios.map((imbalanceRatio) => ({ dataset, imbalanceRatio })),
);

const nameOf = ({ dataset, imbalanceRatio }: Setting) => `${datasets[dataset]} ${imbalanceRatio}`;

/** Names for some of the settings: a data set or a ratio where it is there as a whole. */
function namesOf(some: readonly Setting[]): string {
  const whole = Object.entries(datasets).filter(
    ([name]) => some.filter(({ dataset }) => dataset === name).length === ratios.length,
  );
  const byRatio = ratios.filter(
    (ratio) => some.filter(({ imbalanceRatio }) => imbalanceRatio === ratio).length === 2,
  );
  if (whole.length * ratios.length === some.length) return whole.map(([, name]) => name).join(", ");
  if (byRatio.length * 2 === some.length) return `ratio ${byRatio.join(", ")}`;
  return some.map(nameOf).join(", ");
}

/** One matter's phrase where all settings agree, else each phrase with its settings. */
function across(texts: readonly (string | false | undefined)[]): string[] {
  const distinct = [...new Set(texts)];
  return distinct.flatMap((text) => {
    if (typeof text !== "string") return [];
    const own = settings.filter((_, i) => texts[i] === text);
    return distinct.length === 1 ? [text] : [`${text} [${namesOf(own)}]`];
  });
}

function sentence(phrases: readonly Phrases[]): string {
  const matters = Object.keys(phrases[0] ?? {});
  return matters.flatMap((matter) => across(phrases.map((one) => one[matter]))).join("; ") || "–";
}

/**
 * What a method does in each stage, in words made from its values, over every setting of Table 1.
 *
 * @param methods - where the one that it starts from is looked up.
 */
export function describeMethod(
  method: Method,
  methods: readonly Method[],
): { readonly stageOne: string; readonly stageTwo: string } {
  const stageOneOf = (recipe: Recipe, setting: Setting): Phrases => {
    const start = methods.find(({ key }) => key === recipe.from)?.recipe(setting) ?? recipe;
    return start.stage.kind === "representation" ? describeStageOne(start, start.stage) : {};
  };
  const recipes = settings.map((setting) => ({ setting, recipe: method.recipe(setting) }));
  const stageTwo = recipes.flatMap(({ recipe, setting }) =>
    recipe.stage.kind === "classifier" ? [describeStageTwo(recipe, recipe.stage, setting)] : [],
  );
  return {
    stageOne: sentence(recipes.map(({ recipe, setting }) => stageOneOf(recipe, setting))),
    stageTwo: sentence(stageTwo),
  };
}
