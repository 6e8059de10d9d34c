export { createInteraction, type Interaction, type InteractionOptions } from "./interaction.ts";
