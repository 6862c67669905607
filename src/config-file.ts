/** The file that is read from the working folder when `--config` names none. */
export const CONFIG_FILE = 'zaobao.config.jsonc'
