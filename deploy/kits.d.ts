export declare const isInstalled: boolean
export declare function kitFolder(name: string): string
