# What `openbalint analyze` must answer, by the R call that defines each number, for the trials in cases.csv.
#   Rscript analyze.R [cases.csv] > analyze.json        (R 4.2.2, emmeans 1.8.4, multcomp 1.4-22)
# It shares nothing with the product: letters, spans and closure are written out here again.
suppressMessages({library(jsonlite); library(emmeans); library(multcomp)})
args <- commandArgs(TRUE)
cases <- read.csv(if (length(args)) args[1] else "cases.csv", na.strings = "", colClasses = c(arm = "character", sex = "character"))

letters_of <- function(pairs, arms) {             # maximal sets without a significant pair, by brute force
  k <- length(arms); sets <- list()
  for (mask in 1:(2^k - 1)) {
    chosen <- which(bitwAnd(mask, 2^(0:(k - 1))) > 0)
    clash <- any(sapply(pairs, function(p) p$significant && all(match(c(p$a, p$b), arms) %in% chosen)))
    if (!clash) sets[[length(sets) + 1]] <- chosen }
  maximal <- Filter(function(s) !any(sapply(sets, function(o) length(o) > length(s) && all(s %in% o))), sets)
  key <- sapply(maximal, function(s) paste(sprintf("%03d", s), collapse = ""))
  maximal <- maximal[order(key)]
  setNames(lapply(1:k, function(i) paste(letters[which(sapply(maximal, function(s) i %in% s))], collapse = "")), arms) }

snk_from <- function(m, arms, q_of, df, alpha) {
  k <- length(m); rows <- list()
  for (i in 1:(k - 1)) for (j in (i + 1):k) {
    gap <- m[i] - m[j]; tied <- abs(gap) < 1e-10
    lo <- min(m[i], m[j]); hi <- max(m[i], m[j])
    span <- sum(m >= lo - 1e-10 & m <= hi + 1e-10); q <- if (tied) 0 else q_of(i, j)
    rows[[length(rows) + 1]] <- list(a = arms[i], b = arms[j], difference = gap, statistic = q, span = span, lo = lo, hi = hi,
                                     p = if (tied) 1 else ptukey(q, span, df, lower.tail = FALSE)) }
  for (r in seq_along(rows)) {
    over <- Filter(function(o) o$lo <= rows[[r]]$lo + 1e-10 && o$hi >= rows[[r]]$hi - 1e-10, rows)
    rows[[r]]$p_adjusted <- max(sapply(over, function(o) o$p)); rows[[r]]$significant <- rows[[r]]$p_adjusted <= alpha }
  lapply(rows, function(r) r[c("a", "b", "difference", "statistic", "span", "p", "p_adjusted", "significant")]) }

g_of <- function(x, y, alpha) {
  nu <- length(x) + length(y) - 2
  s <- sqrt((sum((x - mean(x))^2) + sum((y - mean(y))^2)) / nu)
  J <- exp(lgamma(nu / 2) - lgamma((nu - 1) / 2)) / sqrt(nu / 2); root <- sqrt(1 / length(x) + 1 / length(y))
  d <- (mean(x) - mean(y)) / s; t <- d / root
  end <- function(p) uniroot(function(n) suppressWarnings(pt(t, nu, n)) - p, c(t - 30, t + 30), tol = 1e-12)$root
  list(g = J * d, ci = J * root * c(end(1 - alpha / 2), end(alpha / 2))) }

one <- function(data, omnibus, posthoc, se, alpha, control) {
  arms <- unique(data$arm); data$g <- factor(data$arm, levels = arms); k <- length(arms)
  cp <- subset(data, !is.na(pre) & !is.na(post)); cp$d <- cp$post - cp$pre; with_post <- subset(data, !is.na(post))
  out <- list()
  out$arms <- setNames(lapply(arms, function(a) { x <- subset(cp, arm == a); t <- t.test(x$post, x$pre, paired = TRUE, conf.level = 1 - alpha)
    score <- function(v) list(mean = mean(v), sd = sd(v))
    list(n = nrow(x), pre = score(x$pre), post = score(x$post), change = score(x$d),
         paired_t = list(t = t$statistic[[1]], df = t$parameter[[1]], p = t$p.value, ci = as.numeric(t$conf.int))) }), arms)
  a <- lm(post ~ pre + g, cp); f <- anova(lm(post ~ pre, cp), a)
  em <- emmeans(a, "g"); s <- summary(em); ct <- summary(pairs(em, adjust = "none"))
  used <- if (omnibus == "post") data.frame(y = with_post$post, g = with_post$g) else data.frame(y = cp$d, g = cp$g)
  counts <- function(d) setNames(lapply(arms, function(x) sum(d$g == x)), arms)
  if (omnibus == "ancova") {
    ssg <- f[2, 4]; sse <- f[2, 2]; mse <- sse / f[2, 1]; N <- nrow(cp)
    out$omnibus <- list(on = omnibus, n = counts(cp), F = f[2, 5], df1 = f[2, 3], df2 = f[2, 1], p = f[2, 6],
      eta_squared = ssg / (ssg + sse), omega_squared = (ssg - f[2, 3] * mse) / (ssg + (N - f[2, 3]) * mse))
    out$welch <- NA; out$kruskal <- NA
  } else {
    av <- anova(lm(y ~ g, used)); ssb <- av[1, 2]; ssw <- av[2, 2]; msw <- av[2, 3]
    out$omnibus <- list(on = omnibus, n = counts(used), F = av[1, 4], df1 = av[1, 1], df2 = av[2, 1], p = av[1, 5],
      eta_squared = ssb / (ssb + ssw), omega_squared = (ssb - av[1, 1] * msw) / (ssb + ssw + msw))
    w <- oneway.test(y ~ g, used); out$welch <- list(F = w$statistic[[1]], df1 = w$parameter[[1]], df2 = w$parameter[[2]], p = w$p.value)
    kw <- kruskal.test(round(used$y, 10), used$g); out$kruskal <- list(H = kw$statistic[[1]], df = kw$parameter[[1]], p = kw$p.value) }
  if (omnibus == "ancova") {
    m <- s$emmean; df <- ct$df[1]; SE <- matrix(0, k, k); r <- 0
    for (i in 1:(k - 1)) for (j in (i + 1):k) { r <- r + 1; SE[i, j] <- ct$SE[r] }
    q_of <- function(i, j) sqrt(2) * abs(m[i] - m[j]) / SE[i, j]
    tukey <- summary(pairs(em, adjust = "tukey"))$p.value; plain <- ct$p.value; fit <- a
  } else {
    m <- as.numeric(tapply(used$y, used$g, mean)); n <- as.numeric(tapply(used$y, used$g, length)); df <- av[2, 1]
    q_of <- function(i, j) abs(m[i] - m[j]) / (if (posthoc == "snk" && se == "harmonic") sqrt(msw / (k / sum(1 / n))) else sqrt(msw / 2 * (1 / n[i] + 1 / n[j])))
    fit <- aov(y ~ g, used); tk <- TukeyHSD(fit)$g[, 4]
    flip <- function(x) { r <- 0; v <- c(); names <- c(); for (i in 1:(k - 1)) for (j in (i + 1):k) v <- c(v, x[[paste(arms[j], arms[i], sep = "-")]]); v }
    tukey <- if (k == 2) unname(tk) else flip(as.list(setNames(tk, rownames(TukeyHSD(fit)$g))))
    pw <- pairwise.t.test(used$y, used$g, p.adjust.method = "none", pool.sd = TRUE)$p.value
    plain <- c(); for (i in 1:(k - 1)) for (j in (i + 1):k) plain <- c(plain, pw[j - 1, i]) }
  if (posthoc == "snk") { ps <- snk_from(m, arms, q_of, df, alpha); how <- if (omnibus == "ancova") "kramer" else se }
  if (posthoc == "tukey") { ps <- list(); r <- 0; how <- "kramer"
    for (i in 1:(k - 1)) for (j in (i + 1):k) { r <- r + 1
      ps[[r]] <- list(a = arms[i], b = arms[j], difference = m[i] - m[j], statistic = q_of(i, j), span = k, p = plain[r], p_adjusted = tukey[r], significant = tukey[r] <= alpha) } }
  if (posthoc == "dunnett") { ps <- list(); how <- NA
    cp$g2 <- relevel(cp$g, control); used$g2 <- relevel(used$g, control); others <- setdiff(levels(cp$g2), control)
    fit2 <- if (omnibus == "ancova") lm(post ~ pre + g2, cp) else aov(y ~ g2, used)
    set.seed(1); d <- summary(glht(fit2, mcp(g2 = "Dunnett")), test = adjusted("single-step", abseps = 1e-6, maxpts = 1e6))$test
    raw <- 2 * pt(-abs(d$tstat), df)
    for (r in seq_along(others)) ps[[r]] <- list(a = others[r], b = control, difference = d$coefficients[[r]], statistic = d$tstat[[r]],
      span = NA, p = raw[[r]], p_adjusted = as.numeric(d$pvalues)[r], significant = as.numeric(d$pvalues)[r] <= alpha) }
  out$posthoc <- list(method = posthoc, on = omnibus, se = how, pairs = ps, letters = if (posthoc == "dunnett") NA else letters_of(ps, arms))
  rows <- list(); r <- 0
  for (i in 1:(k - 1)) for (j in (i + 1):k) { r <- r + 1
    rows[[r]] <- list(a = arms[i], b = arms[j], estimate = ct$estimate[r], se = ct$SE[r], df = ct$df[r], t = ct$t.ratio[r], p = ct$p.value[r]) }
  out$ancova <- list(n = counts(cp), F = f[2, 5], df1 = f[2, 3], df2 = f[2, 1], p = f[2, 6],
    adjusted_means = setNames(lapply(1:k, function(i) list(mean = s$emmean[i], se = s$SE[i])), arms), contrasts = rows)
  sizes <- list()
  for (on in c("change", "post")) for (i in 1:(k - 1)) for (j in (i + 1):k) {
    source <- if (on == "post" && omnibus == "post") with_post else cp; y <- if (on == "change") source$post - source$pre else source$post
    sizes[[length(sizes) + 1]] <- c(list(a = arms[i], b = arms[j], on = on), g_of(y[source$g == arms[i]], y[source$g == arms[j]], alpha)) }
  out$effect_sizes <- sizes
  out }

made_up <- function(data) {
  known <- subset(data, !is.na(sex)); arms <- unique(data$arm)
  tab <- table(factor(known$arm, levels = arms), factor(known$sex, levels = unique(known$sex)))
  x <- suppressWarnings(chisq.test(tab, correct = FALSE))
  list(table = setNames(lapply(arms, function(a) as.list(tab[a, ])), arms), chi2 = x$statistic[[1]], df = x$parameter[[1]], p = x$p.value,
       min_expected = min(x$expected), fisher_p = fisher.test(tab, workspace = 2e7)$p.value) }

answer <- list()
for (name in unique(cases$case)) {
  data <- subset(cases, case == name); o <- data[1, ]
  options <- list(omnibus = o$omnibus, posthoc = o$posthoc, se = o$se, alpha = o$alpha, control = if (is.na(o$control)) NULL else o$control)
  x <- list(arm = data$arm, pre = data$x_pre, post = data$x_post); y <- list(arm = data$arm, pre = data$y_pre, post = data$y_post)
  outcomes <- lapply(list(x = x, y = y), function(d) do.call(one, c(list(data = as.data.frame(d, stringsAsFactors = FALSE)), options)))
  answer[[name]] <- list(outcomes = outcomes, composition = list(sex = made_up(data)),
    holm = as.list(setNames(p.adjust(sapply(outcomes, function(r) r$omnibus$p), "holm"), names(outcomes)))) }
cat(toJSON(answer, auto_unbox = TRUE, digits = NA, na = "null"), "\n")
