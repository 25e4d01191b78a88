-- What grew in 2024: data, and the firms that use them.
SELECT name(CASE id WHEN 'data-production-growth.cn.2024' THEN 'growth-data' WHEN 'ai-using-firms-growth.cn.2024' THEN 'growth-ai-firms'
                    WHEN 'quality-datasets-growth.cn.2024' THEN 'growth-datasets'
                    WHEN 'model-using-firms-growth.data-technology-firms.2024' THEN 'growth-data-technology'
                    ELSE 'growth-data-application' END) AS what,
       value AS growth,
       CASE WHEN metric IN ('data-production-growth', 'quality-datasets-growth') THEN 1 ELSE 0 END AS data, id AS fact
FROM facts
WHERE id IN ('data-production-growth.cn.2024', 'ai-using-firms-growth.cn.2024', 'quality-datasets-growth.cn.2024',
             'model-using-firms-growth.data-technology-firms.2024', 'model-using-firms-growth.data-application-firms.2024')
ORDER BY value DESC
