import { type ZodType, z } from "zod";

type Schema = Record<string, unknown>;

export interface Schemas {
  /** What may be sent. */
  sent(schema: ZodType): Schema;
  /** What is answered. */
  answered(schema: ZodType): Schema;
  /** The schemas that have a name of their own. */
  named: Record<string, Schema>;
}

/** Writes the schemas that check as the schemas that tell. What has an `id` is told once, in `components`. */
export function createSchemas(): Schemas {
  const named: Record<string, Schema> = {};
  const write = (schema: ZodType, io: "input" | "output"): Schema => {
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: simplify });
    for (const [name, { id: __, ...definition }] of Object.entries($defs)) named[name] = repoint(definition);
    return repoint(own);
  };
  return { sent: (schema) => write(schema, "input"), answered: (schema) => write(schema, "output"), named };
}

/** A format says enough, and every integer is safe. */
function simplify({ jsonSchema }: { jsonSchema: Schema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function repoint(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
  return JSON.parse(text) as Schema;
}
