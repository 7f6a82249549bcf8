import type { ApiResponse } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { textIfAny } from '../../words/words.ts'

export type SettingKind = ApiResponse<'/settings'>['items'][number]

/** A version of a setting; its key and its value are further fields. */
export interface SettingVersion extends Readonly<Record<string, unknown>> {
  /** 0: the built-in default. */
  readonly version: number
  readonly changedBy: string | null
  readonly changedAt: string | null
  readonly reason?: string | null
}

/** Returns the name of a kind of setting, or of another kind of change; of one of an extension, the name itself. */
export function kindName(kind: string): string {
  return textIfAny('settingKinds', kind) ?? title(kind)
}

/** Returns what a kind of setting is for; `undefined` for one of an extension. */
export function kindPurpose(kind: string): string | undefined {
  return textIfAny('settingKinds', `${kind}.purpose`)
}

/** Returns the value of a version without its reason, which each edit states anew. */
export function valueOf({ fields }: Pick<SettingKind, 'fields'>, version: SettingVersion): Record<string, unknown> {
  const stated = fields.filter((field) => field !== 'reason' && version[field] !== undefined)
  return Object.fromEntries(stated.map((field) => [field, version[field]]))
}

/** Returns who set a version, and when. */
export function setBy({ changedBy, changedAt }: Pick<SettingVersion, 'changedBy' | 'changedAt'>): string {
  return [changedBy, changedAt === null ? null : dateAndTime(changedAt)].filter((part) => part !== null).join(', ')
}
