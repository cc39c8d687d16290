# Reference values for openbalint.stats. Writes estimators.json beside the data files:
#   Rscript estimators.R        (in this folder; R 4.2.2, emmeans 1.8.4, multcomp 1.4-22, psych 2.2.9, lavaan 0.6-14)
# `call` of every value is the R call that defines it.
suppressMessages({library(jsonlite); library(emmeans); library(multcomp); library(psych); library(lavaan)})
options(digits = 17)

trial <- read.csv("trial.csv")
trial$g <- factor(trial$arm, levels = unique(trial$arm))
items <- read.csv("items.csv")
out <- list()
put <- function(name, call, value) out[[name]] <<- list(call = call, value = value)

pairs_of <- function(d) subset(d, !is.na(pre) & !is.na(post))
cp <- pairs_of(trial); cp$d <- cp$post - cp$pre
all_post <- subset(trial, !is.na(post))

put("describe", "tapply(d, g, mean), sd", lapply(split(cp, cp$g), function(a)
  list(n = nrow(a), pre = c(mean(a$pre), sd(a$pre)), post = c(mean(a$post), sd(a$post)), change = c(mean(a$d), sd(a$d)))))
put("paired_t", "t.test(post, pre, paired=TRUE)", lapply(split(cp, cp$g), function(a) {
  r <- t.test(a$post, a$pre, paired = TRUE); list(t = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value, ci = as.numeric(r$conf.int)) }))

anova_of <- function(y, g) {
  a <- anova(lm(y ~ g)); ssb <- a[1, 2]; ssw <- a[2, 2]; msw <- a[2, 3]
  list(F = a[1, 4], df1 = a[1, 1], df2 = a[2, 1], p = a[1, 5], eta_squared = ssb / (ssb + ssw),
       omega_squared = (ssb - a[1, 1] * msw) / (ssb + ssw + msw)) }
welch_of <- function(y, g) { r <- oneway.test(y ~ g); list(F = r$statistic[[1]], df1 = r$parameter[[1]], df2 = r$parameter[[2]], p = r$p.value) }
kruskal_of <- function(y, g) { r <- kruskal.test(round(y, 10), g); list(H = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value) }
put("oneway", "anova(lm(y~g))", list(change = anova_of(cp$d, cp$g), post = anova_of(all_post$post, all_post$g)))
put("welch", "oneway.test(y~g)", list(change = welch_of(cp$d, cp$g), post = welch_of(all_post$post, all_post$g)))
put("kruskal_wallis", "kruskal.test(round(y, 10), g)", list(change = kruskal_of(cp$d, cp$g), post = kruskal_of(all_post$post, all_post$g)))

# Student-Newman-Keuls from its definition on ptukey; df is above 10, where ptukey is right to 1e-8.
snk_of <- function(y, g, se_kind) {
  m <- tapply(y, g, mean); n <- tapply(y, g, length); k <- length(m)
  a <- anova(lm(y ~ g)); mse <- a[2, 3]; df <- a[2, 1]; rows <- list()
  for (i in 1:(k - 1)) for (j in (i + 1):k) {
    se <- if (se_kind == "kramer") sqrt(mse / 2 * (1 / n[i] + 1 / n[j])) else sqrt(mse / (k / sum(1 / n)))
    q <- abs(m[i] - m[j]) / se
    span <- sum(m >= min(m[i], m[j]) - 1e-10 & m <= max(m[i], m[j]) + 1e-10)
    p <- ptukey(q, span, df, lower.tail = FALSE)
    rows[[length(rows) + 1]] <- list(a = names(m)[i], b = names(m)[j], difference = unname(m[i] - m[j]), statistic = unname(q), span = span,
                                     p = unname(p), lo = min(m[i], m[j]), hi = max(m[i], m[j])) }
  for (r in seq_along(rows)) {
    over <- sapply(rows, function(o) o$lo <= rows[[r]]$lo + 1e-10 & o$hi >= rows[[r]]$hi - 1e-10)
    rows[[r]]$p_adjusted <- max(sapply(rows[over], function(o) o$p)) }
  lapply(rows, function(r) r[c("a", "b", "difference", "statistic", "span", "p", "p_adjusted")]) }
put("snk", "ptukey(q, span, df, lower=FALSE), maximum over the intervals that contain the pair",
    list(kramer = snk_of(cp$d, cp$g, "kramer"), harmonic = snk_of(cp$d, cp$g, "harmonic"), post = snk_of(all_post$post, all_post$g, "kramer")))

tk <- TukeyHSD(aov(d ~ g, cp))$g
pt_ <- pairwise.t.test(cp$d, cp$g, p.adjust.method = "none", pool.sd = TRUE)$p.value
put("tukey", "TukeyHSD(aov(d~g)); pairwise.t.test(p.adjust='none')", list(pairs = rownames(tk), difference = unname(tk[, 1]),
    p_adjusted = unname(tk[, 4]), p = na.omit(as.numeric(pt_))))
set.seed(1)
dn <- function(fit) { s <- summary(glht(fit, mcp(g = "Dunnett")), test = adjusted("single-step", abseps = 1e-7, maxpts = 3e6))
  list(contrast = names(s$test$coefficients), difference = unname(s$test$coefficients), statistic = unname(s$test$tstat), p_adjusted = as.numeric(s$test$pvalues)) }
put("dunnett", "multcomp::glht(aov(d~g), mcp(g='Dunnett')), abseps 1e-7; control is the first arm",
    list(change = dn(aov(d ~ g, cp)), ancova = dn(lm(post ~ pre + g, cp))))

a <- lm(post ~ pre + g, cp); f <- anova(lm(post ~ pre, cp), a)
e <- as.data.frame(emmeans(a, "g")); ct <- as.data.frame(pairs(emmeans(a, "g"), adjust = "none")); ctt <- as.data.frame(pairs(emmeans(a, "g"), adjust = "tukey"))
sse <- f[2, 2]; ssg <- f[2, 4]; df1 <- f[2, 3]; mse <- sse / f[2, 1]; N <- nrow(cp)
put("ancova", "anova(lm(post~pre), lm(post~pre+g)); emmeans(a,'g'); pairs(adjust='none'); pairs(adjust='tukey')",
    list(F = f[2, 5], df1 = df1, df2 = f[2, 1], p = f[2, 6], eta_squared = ssg / (ssg + sse), omega_squared = (ssg - df1 * mse) / (ssg + (N - df1) * mse),
         mean = e$emmean, mean_se = e$SE, estimate = ct$estimate, se = ct$SE, t = ct$t.ratio, contrast_p = ct$p.value, tukey_p = ctt$p.value))

g_of <- function(x, y) { nu <- length(x) + length(y) - 2; J <- exp(lgamma(nu / 2) - lgamma((nu - 1) / 2)) / sqrt(nu / 2)
  s <- sqrt(((length(x) - 1) * var(x) + (length(y) - 1) * var(y)) / nu); r <- sqrt(1 / length(x) + 1 / length(y)); t <- (mean(x) - mean(y)) / s / r
  nc <- function(p) uniroot(function(ncp) pt(t, nu, ncp) - p, c(t - 6, t + 6), tol = 1e-13)$root
  list(d = (mean(x) - mean(y)) / s, g = J * (mean(x) - mean(y)) / s, ci = J * r * c(nc(.975), nc(.025))) }
by_arm <- split(cp$d, cp$g); nm <- names(by_arm); gs <- list()
for (i in 1:3) for (j in (i + 1):4) gs[[paste(nm[i], nm[j])]] <- g_of(by_arm[[i]], by_arm[[j]])
put("hedges_g", "uniroot(function(ncp) pt(t, nu, ncp) - .975, tol=1e-13); J by lgamma", gs)

put("holm", "p.adjust(p, method='holm')", list(p = c(.01, .04, .03, .005, .5), adjusted = p.adjust(c(.01, .04, .03, .005, .5), "holm")))
tables <- list(matrix(c(3, 9, 3, 9, 4, 9), 3, byrow = TRUE), matrix(c(5, 3, 4, 4, 3, 5, 6, 3, 4), 3, byrow = TRUE),
               matrix(c(12, 5, 7, 3, 8, 9, 4, 6, 3, 11, 9, 8), 3, byrow = TRUE), matrix(c(10, 2, 3, 15), 2), matrix(c(1, 9, 11, 3, 0, 4), 2))
put("composition", "chisq.test(table, correct=FALSE); fisher.test(table, workspace=2e7)", lapply(tables, function(t) {
  r <- suppressWarnings(chisq.test(t, correct = FALSE)); list(table = t, chi2 = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value,
  min_expected = min(r$expected), fisher_p = fisher.test(t, workspace = 2e7)$p.value) }))

x <- na.omit(items); n <- nrow(x); k <- ncol(x)
al <- suppressMessages(psych::alpha(x, check.keys = FALSE)); a0 <- al$total$raw_alpha
put("cronbach_alpha", "psych::alpha(X, check.keys=FALSE); 1-(1-a)*qf(c(.975,.025), n-1, (n-1)*(k-1))",
    list(n = n, k = k, excluded = nrow(items) - n, alpha = a0, ci = 1 - (1 - a0) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1)),
         item_rest_r = unname(sapply(1:k, function(i) cor(x[, i], rowSums(x[, -i])))), alpha_if_deleted = al$alpha.drop$raw_alpha))
fa <- factanal(x, 1, control = list(opt = list(factr = 10, maxit = 10000))); l <- fa$loadings[, 1] * sapply(x, sd); u <- fa$uniquenesses * sapply(x, var)
model <- paste0("common =~ ", paste0("l", 1:k, "*", names(x), collapse = " + "), "\n", paste0(names(x), " ~~ u", 1:k, "*", names(x), collapse = "\n"),
  "\nomega := (", paste0("l", 1:k, collapse = "+"), ")^2/((", paste0("l", 1:k, collapse = "+"), ")^2+", paste0("u", 1:k, collapse = "+"), ")\nlogit := log(omega/(1-omega))")
fit <- cfa(model, x, std.lv = TRUE); pe <- parameterEstimates(fit); lg <- pe[pe$label == "logit", ]; stopifnot(lavInspect(fit, "converged"), lg$se > 0)
put("mcdonald_omega", "factanal(X,1), loadings x SD; lavaan::cfa(std.lv=TRUE), omega := and its logit",
    list(factanal = sum(l)^2 / (sum(l)^2 + sum(u)), lavaan = pe[pe$label == "omega", "est"], ci = plogis(lg$est + c(-1, 1) * qnorm(.975) * lg$se)))
grid <- expand.grid(q = c(1, 2.5, 3.5, 4.4, 6), k = c(2, 3, 5, 10), df = c(10, 34, 120, 1000))
put("studentized_range", "ptukey(q, k, df, lower=FALSE)", list(q = grid$q, k = grid$k, df = grid$df, p = ptukey(grid$q, grid$k, grid$df, lower.tail = FALSE)))
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "estimators.json")
