import type { Disposition } from '../../schemas/calls/dispositions.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Reader } from '../../store/database.ts'
import { newestSettings } from '../../store/versioned-settings.ts'

type Meaning = Pick<Disposition, 'answeredBy' | 'interested' | 'abandoned' | 'unworkable'>

/** Returns a function that finds disposition codes by meaning, including retired ones, which old calls carry. */
export async function dispositionCodes(
  database: Reader,
  setting: VersionedSetting,
): Promise<(isOne: (meaning: Meaning) => boolean) => string[]> {
  const set = (await newestSettings(database, setting)).map(({ key, value }) => [key, value] as const)
  const meanings = [...new Map([...setting.defaults, ...set])] as readonly (readonly [string, Meaning])[]
  return (isOne) => meanings.filter(([, meaning]) => isOne(meaning)).map(([code]) => code)
}
