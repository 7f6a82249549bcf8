import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenPage } from './open-page.ts'

/** Folder for pictures of the page; not set: none are taken. */
const pictures = process.env.SCORELINE_PICTURES

export async function takePicture({ page }: OpenPage, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}
