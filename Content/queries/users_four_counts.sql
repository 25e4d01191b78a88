-- Four reported numbers of users in China, the largest first.
SELECT name(CASE metric WHEN 'registered-accounts' THEN 'accounts-registered' WHEN 'genai-accounts' THEN 'accounts-compiled'
                        WHEN 'genai-users' THEN 'people-survey' ELSE 'active-monthly' END) AS counted,
       value,
       name(CASE metric WHEN 'genai-users' THEN 'preferred' ELSE 'rival' END) AS role,
       id AS fact
FROM facts
WHERE id IN ('registered-accounts.cn.2025-07', 'genai-accounts.cn.2025', 'genai-users.cn.2025-06',
             'monthly-users.ai-native-apps.2025-03')
ORDER BY value DESC
