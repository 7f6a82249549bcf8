/** Allowed values of a setting: a number within bounds, one of some names, or a boolean. */
export type SettingRule =
  readonly [least: number, greatest: number, whole: boolean] | { readonly oneOf: readonly string[] } | 'flag'

/** Returns a message for each invalid setting: unknown names, and values out of range. */
export function wrongSettings(
  settings: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, SettingRule>>,
  others: readonly string[] = [],
): string[] {
  const known = [...Object.keys(rules), ...others]
  const unknown = Object.keys(settings).filter((name) => settings[name] !== undefined && !known.includes(name))
  return [
    ...(unknown.length > 0
      ? [`There is no setting ${unknown.join(', ')}. There are: ${known.toSorted().join(', ')}.`]
      : []),
    ...Object.entries(rules).flatMap(([name, rule]) =>
      settings[name] === undefined || fits(settings[name], rule)
        ? []
        : [`${name} is ${shown(settings[name])}: ${requirementText(rule)}.`],
    ),
  ]
}

function fits(value: unknown, rule: SettingRule): boolean {
  if (rule === 'flag') return typeof value === 'boolean'
  if ('oneOf' in rule) return typeof value === 'string' && rule.oneOf.includes(value)
  const [least, greatest, whole] = rule
  return typeof value === 'number' && value >= least && value <= greatest && (!whole || Number.isInteger(value))
}

function requirementText(rule: SettingRule): string {
  if (rule === 'flag') return 'it must be true or false'
  if ('oneOf' in rule) return `it must be ${rule.oneOf.join(' or ')}`
  const [least, greatest, whole] = rule
  return `it must be a ${whole ? 'whole ' : ''}number from ${least} to ${greatest}`
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
