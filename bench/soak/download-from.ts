import { type CifarRecipe, type DatasetRecipe, recipes } from "../../src/data/packs/recipes.ts";
import { serverVariable } from "./serve-slowly.ts";

// Loaded before `h2t` in a process of its own, which downloads from another server then and knows nothing of it.
const isCifar = (recipe: DatasetRecipe): recipe is CifarRecipe => recipe.kind === "cifar";
const baseUrl = process.env[serverVariable];
for (const recipe of recipes.filter(isCifar)) Object.assign(recipe, baseUrl && { baseUrl });
