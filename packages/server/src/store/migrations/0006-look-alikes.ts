/**
 * Names also take what they look like. The database knows as much of that as plain Latin names need; others stay
 * compared in any letter case, as they were. Of two that look alike both stay, and one has the look: the one that is
 * spelled like it, or else the older.
 */
export function lookAlikes(): string[] {
  return [lookOf("lower(name)"), lookOf("lower(replace(name, 'I', 'l'))")].map(
    (look) =>
      `insert into app_names (name_key, app_id)
        select ${look}, min(id) from apps where deleted_at is null and ${look} <> '' group by 1
        on conflict (name_key) do nothing`,
  );
}

const alike: [from: string, to: string][] = [
  [" ", ""],
  ["_", ""],
  [".", ""],
  ["-", ""],
  ["0", "o"],
  ["1", "l"],
  ["rn", "m"],
];

function lookOf(name: string): string {
  return alike.reduce((text, [from, to]) => `replace(${text}, '${from}', '${to}')`, name);
}
