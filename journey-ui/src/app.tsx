import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Antd, ConfigProvider } from 'antd';
import { BrowserRouter } from 'react-router';
import { ApiError } from './api/client.ts';
import { useWords } from './i18n/index.ts';
import { Pages } from './pages.tsx';
import { InTime } from './shell/in-time.tsx';
import { SignInAgain } from './sign-in/sign-in-again.tsx';
import { ANTD_LOCALE } from './theme/antd-locale.ts';
import { antdTheme, useTheme } from './theme/theme.ts';
import { Boundary } from './ui/boundary.tsx';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // A refusal stays a refusal; only a service that cannot be reached is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

export function App() {
  const theme = useTheme((s) => s.name);
  const { language } = useWords();
  return (
    <ConfigProvider theme={antdTheme(theme)} locale={ANTD_LOCALE[language]} button={{ autoInsertSpace: false }}>
      <Antd component={false}>
        <SignInAgain />
        <QueryClientProvider client={client}>
          <Boundary>
            <BrowserRouter>
              <InTime>
                <Pages />
              </InTime>
            </BrowserRouter>
          </Boundary>
        </QueryClientProvider>
      </Antd>
    </ConfigProvider>
  );
}
