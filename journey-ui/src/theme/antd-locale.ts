import type { ConfigProviderProps } from 'antd';
import en from 'antd/es/locale/en_US.js';
import zh from 'antd/es/locale/zh_CN.js';

type Locale = NonNullable<ConfigProviderProps['locale']>;

/** antd calls its ES modules CommonJS in its types; what a bundler imports is the locale itself. */
export const ANTD_LOCALE = { zh: zh as unknown as Locale, en: en as unknown as Locale };
